package io.nelbo.streams.models;

import io.nelbo.model.score.ModelVersion;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.schemas.Model;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** A model in an Avro container file. */
public final class ModelFile {
  private ModelFile() {}

  /** Writes the model; a file that is there is replaced only once the new one is whole. */
  public static void write(Path file, ModelVersion version) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, file.getFileName().toString(), ".part");
    try {
      try (DataFileWriter<Model> writer =
          new DataFileWriter<>(new SpecificDatumWriter<>(Model.class))) {
        writer.setCodec(CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL));
        writer.create(Model.getClassSchema(), part.toFile());
        writer.append(ModelRecords.toAvro(version));
      }
      replace(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void replace(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Reads a model and checks all of it.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and why its model is refused
   */
  public static ModelVersion read(Path file) throws IOException {
    AvroSerde.trustGeneratedClasses();
    byte[] bytes = Files.readAllBytes(file);
    SpecificDatumReader<Model> datum =
        new SpecificDatumReader<>(
            Model.getClassSchema(), Model.getClassSchema(), SpecificData.getForClass(Model.class));
    try (DataFileReader<Model> reader =
        new DataFileReader<>(new SeekableByteArrayInput(bytes), datum)) {
      if (!reader.hasNext()) {
        throw new IllegalArgumentException("it holds no record");
      }
      Model model = reader.next();
      if (reader.hasNext()) {
        throw new IllegalArgumentException("it holds more than one record");
      }
      return ModelRecords.fromAvro(model);
    } catch (IOException | RuntimeException e) {
      // The bytes are all here, so whatever is wrong is wrong with them.
      throw new IllegalArgumentException("no usable model in " + file + ": " + e.getMessage(), e);
    }
  }
}
