package io.nelbo.streams.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What there is to see that was not there a frame ago.
 *
 * @param number counts the frames
 * @param alerts newest last, as are the others
 * @param totals what holds now
 */
record Frame(
    long number,
    long nowMs,
    Samples samples,
    List<ObjectNode> alerts,
    List<ObjectNode> strays,
    List<ObjectNode> timeline,
    ObjectNode totals) {

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("number", number).put("now", nowMs);
    Samples.put(json.putObject("samples"), samples.list(), nowMs);
    json.putArray("alerts").addAll(alerts);
    json.putArray("strays").addAll(strays);
    json.putArray("timeline").addAll(timeline);
    json.set("totals", totals);
    return json;
  }
}
