package io.nelbo.streams.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelbo.model.score.TrainedModel;
import io.nelbo.schemas.Alert;
import io.nelbo.schemas.AvroSerde;
import io.nelbo.streams.config.Settings;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;

/** Models, records, schemas and settings are data: nothing in them is loaded or run. */
class NoCodeFromDataTest {
  /** Ways to make objects or code of bytes or of a name, as class files name them. */
  private static final List<String> WAYS =
      List.of(
          "java/io/ObjectInputStream",
          "java/io/ObjectOutputStream",
          "java/beans/XML",
          "java/net/URLClassLoader",
          "java/rmi/",
          "java/util/ServiceLoader",
          "javax/naming/",
          "javax/script/",
          "javax/tools/",
          "activateDefaultTyping",
          "enableDefaultTyping",
          "defineClass",
          "defineHiddenClass",
          "loadClass",
          "ai/djl/repository",
          "org/apache/avro/reflect");

  /** Who looks a class up by its name, each by a constant. This list only ever gets shorter. */
  private static final List<String> BY_NAME =
      List.of("io/nelbo/model/vae/Products.class", "io/nelbo/streams/cli/Signals.class");

  private static boolean trapIsSprung;

  /** What an attacker's data would have loaded. */
  static final class Trap {
    static {
      trapIsSprung = true;
    }

    public Trap(String text) {}
  }

  @Test
  void noClassOfOursMakesObjectsOrCodeOfData() throws Exception {
    Map<String, String> classes = new TreeMap<>();
    for (Class<?> one : List.of(Alert.class, TrainedModel.class, Settings.class)) {
      read(one, classes);
    }

    assertThat(classes).hasSizeGreaterThan(200);
    classes.forEach(
        (name, content) -> {
          assertThat(WAYS.stream().filter(content::contains)).as(name).isEmpty();
          if (content.contains("(Ljava/lang/String;)Ljava/lang/Class;")) {
            assertThat(BY_NAME).contains(name);
          }
        });
  }

  @Test
  void schemaOfTheInputNamesNoClassToLoad() throws Exception {
    Schema schema =
        Values.schema(
            "{'type':'record','name':'%s','fields':["
                    .formatted(Trap.class.getName().replace('$', '.'))
                + "{'name':'text','type':{'type':'string','java-class':'%1$s','avro.java.string':'%1$s','java-key-class':'%1$s'}},"
                    .formatted(Trap.class.getName())
                + "{'name':'list','type':{'type':'array','java-class':'%1$s','java-element-class':'%1$s','items':'string'}}]}"
                    .formatted(Trap.class.getName()));
    GenericData.Record record = Values.record(schema, new Utf8("x"), List.of(new Utf8("y")));

    Decoded decoded =
        new ObservationReader(FixedSchemas.of(List.of(schema)))
            .decode(Values.singleObject(schema, record));

    assertThat(decoded.record().get("text")).isInstanceOf(CharSequence.class);
    assertThat(trapIsSprung).isFalse();
  }

  @Test
  void schemaOfAnAlertNamesNoClassToLoad() {
    Schema writer =
        new Schema.Parser()
            .parse(
                Alert.getClassSchema()
                    .toString()
                    .replace(
                        "\"avro.java.string\":\"String\"",
                        "\"avro.java.string\":\"String\",\"java-class\":\"%1$s\",\"java-key-class\":\"%1$s\""
                            .formatted(Trap.class.getName())));
    byte[] alert = frozenAlert();
    assertThat(SchemaNormalization.parsingFingerprint64(writer))
        .isEqualTo(SchemaNormalization.parsingFingerprint64(Alert.getClassSchema()));

    Alert read = AvroSerde.of(Alert.class, writer).deserializer().deserialize("alerts", alert);

    assertThat(read.getDetector()).isEqualTo("pumps");
    assertThat(trapIsSprung).isFalse();
  }

  private static byte[] frozenAlert() {
    Path file = Path.of("..", "schemas", "src", "test", "resources", "frozen", "Alert-1.bin");
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads the class files of the module that a class is of, be it a folder or a jar. */
  private static void read(Class<?> one, Map<String, String> into)
      throws IOException, URISyntaxException {
    Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(place)) {
      readAll(place, into);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        readAll(jar.getPath("/"), into);
      }
    }
  }

  private static void readAll(Path root, Map<String, String> into) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('\\', '/');
      into.put(name, new String(Files.readAllBytes(file), ISO_8859_1));
    }
  }
}
