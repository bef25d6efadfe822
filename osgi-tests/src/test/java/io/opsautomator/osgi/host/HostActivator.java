package io.opsautomator.osgi.host;

import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.Scope;
import io.opsautomator.resource.Territory;
import io.opsautomator.store.Execution;
import io.opsautomator.store.InMemoryStore;
import io.opsautomator.store.Run;
import io.opsautomator.task.RunId;
import io.opsautomator.task.Task;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Embeds the engine with the action that another bundle has registered, and offers to run it, as a
 * {@code Callable} of texts: the test outside of the framework knows that type, too.
 */
public final class HostActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    Callable<List<String>> running = () -> run(context);
    context.registerService(Callable.class, running, new Hashtable<>());
  }

  private static List<String> run(BundleContext context) throws InterruptedException {
    // docs: osgi
    ServiceReference<?> action = context.getServiceReference(Action.class.getName());
    ServiceReference<?> selector = context.getServiceReference(ResourceSelector.class.getName());
    try (OpsAutomator ops =
        OpsAutomator.builder()
            .withoutDiscovery() // bundles find each other by services, not by the class path
            .action((Action<?>) context.getService(action))
            .selector((ResourceSelector<?>) context.getService(selector))
            // docs: end
            .territory(Territory.of(HOME, Set.of(HOME.region())))
            .store(new InMemoryStore())
            .task(Task.named("dark").action("SwitchOff").with("Who", "felix").where("*").build())
            .build()) {
      ops.work();
      RunId id = ops.run(ops.tasks().get(0).name(), "once");
      Run run = ops.await(id);
      return told(run, ops.executions(id));
    }
  }

  private static final Scope HOME = Scope.of("111122223333", "eu-west-1");

  private static List<String> told(Run run, List<Execution> executions) {
    return List.of(
        run.state().name(),
        executions.stream()
            .map(execution -> execution.progress().outcome().orElse(""))
            .sorted()
            .toList()
            .toString());
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service back.
  }
}
