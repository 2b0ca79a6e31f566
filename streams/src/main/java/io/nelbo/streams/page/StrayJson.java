package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelbo.streams.live.StrayRecord;

/** A dead letter for the page. */
final class StrayJson {
  private StrayJson() {}

  static ObjectNode of(StrayRecord stray) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("at", stray.atMs())
        .put("reason", stray.reason())
        .put("message", stray.message())
        .put("source", stray.topic() + "/" + stray.partition() + "@" + stray.offset());
  }
}
