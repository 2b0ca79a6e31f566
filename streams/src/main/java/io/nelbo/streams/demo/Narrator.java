package io.nelbo.streams.demo;

import io.nelbo.schemas.Alert;
import io.nelbo.schemas.Model;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Tells on stdout how the demo goes. Called by several threads. */
interface Narrator {
  /**
   * Tells that all is up.
   *
   * @param page where a browser finds the live page
   */
  void started(DemoOptions options, String bootstrapServers, URI page);

  void progress(Summary sofar, long version, double scoredPerSecond);

  void model(Model model);

  /**
   * Tells of an alert.
   *
   * @param about the record's key
   * @param planted the kind of the episode it belongs to; null for a false alert
   * @param first whether it is the first alert of its episode
   */
  void alert(Alert alert, String about, @Nullable String planted, boolean first);

  void summary(Summary summary, Outcomes outcomes);
}
