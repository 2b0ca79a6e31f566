package io.nelbo.streams.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers 200 if there is nothing against any part, or else 503 and what there is. */
public final class Health implements HttpHandler {
  private final String claim;
  private final List<Part> parts;
  private final Function<Part, @Nullable String> objection;

  private Health(String claim, List<Part> parts, Function<Part, @Nullable String> objection) {
    this.claim = claim;
    this.parts = parts;
    this.objection = objection;
  }

  /** Whether the program lives; if not, it has to be started again. */
  public static Health live(List<Part> parts) {
    return new Health("live", parts, Part::whyDead);
  }

  /** Whether the program does its work. */
  public static Health ready(List<Part> parts) {
    return new Health(
        "ready",
        parts,
        part -> {
          String dead = part.whyDead();
          return dead == null ? part.whyNotReady() : dead;
        });
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean holds = true;
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    for (Part part : parts) {
      String against = objection.apply(part);
      holds &= against == null;
      told.put(part.name(), against == null ? claim : against);
    }
    answer.put(claim, holds).set("parts", told);
    Reply.send(exchange, holds ? 200 : 503, Reply.JSON, (answer + "\n").getBytes(UTF_8));
  }
}
