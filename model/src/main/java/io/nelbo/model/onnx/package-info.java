/** Models as ONNX graphs, for programs that have no Nelbo. */
@NullMarked
package io.nelbo.model.onnx;

import org.jspecify.annotations.NullMarked;
