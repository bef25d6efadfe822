package io.opsautomator.cli;

import io.opsautomator.OpsAutomator;
import io.opsautomator.audit.JsonLinesSink;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.sqlite.SqliteStore;
import io.opsautomator.store.Store;
import io.opsautomator.store.StoredTask;
import io.opsautomator.task.TaskName;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * What {@code pause} and {@code resume} have in common: if another {@code oa} is at work on the
 * store, it is asked to; else the stored task is changed here. Nothing is called for that, so
 * nobody has to sign in.
 */
final class Holding {
  private static final Scope NOWHERE = Scope.of("000000000000", "us-east-1");

  @Parameters(paramLabel = "TASK", description = "A task, as 'oa tasks' names it.")
  private String task = "";

  @Mixin private StoreOption store = new StoreOption();

  /**
   * @param done in words, such as {@code is paused}
   */
  int call(Surroundings world, boolean pause, String done)
      throws IOException, InterruptedException {
    TaskName name = find();
    Request request = new Request.Hold(name, pause);
    String by = "";
    if (SqliteStore.isOpen(store.folder())) {
      Inbox.ask(store.folder(), request);
      by = ", by the oa that is at work on " + store.folder();
    } else {
      here(request);
    }
    world.out().println(name.value() + " " + done + by);
    return Failure.OK;
  }

  private TaskName find() {
    try (Store open = store.lookOn()) {
      List<StoredTask> all = open.tasks().all();
      return all.stream()
          .map(StoredTask::name)
          .filter(name -> name.value().equals(task))
          .findFirst()
          .orElseThrow(() -> Failure.badInput(unknown(all)));
    }
  }

  private String unknown(List<StoredTask> all) {
    String names = all.stream().map(it -> it.name().value()).collect(Collectors.joining(", "));
    return "there is no task '"
        + task
        + "' in "
        + store.folder()
        + (names.isEmpty() ? "" : "; there are: " + names);
  }

  private void here(Request request) throws IOException {
    try (SqliteStore open = SqliteStore.open(store.folder());
        JsonLinesSink audit = JsonLinesSink.appendingTo(store.audit());
        OpsAutomator engine =
            OpsAutomator.builder()
                .withoutDiscovery()
                .territory(Territory.of(NOWHERE, Set.of(NOWHERE.region())))
                .store(open)
                .audit(audit)
                .build()) {
      request.to(engine);
    }
  }
}
