package io.nelbo.streams.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the tasks of an instance leave for onlookers. Tasks come and go; one onlooker reads. */
public final class LiveFeed {
  private final List<TaskFeed> tasks = new CopyOnWriteArrayList<>();

  /** Opens the feed of a task, which {@linkplain #close closes} it. */
  public TaskFeed open(ScoreRing scores) {
    TaskFeed task = new TaskFeed(scores);
    tasks.add(task);
    return task;
  }

  public void close(TaskFeed task) {
    tasks.remove(task);
  }

  public List<TaskFeed> tasks() {
    return tasks;
  }
}
