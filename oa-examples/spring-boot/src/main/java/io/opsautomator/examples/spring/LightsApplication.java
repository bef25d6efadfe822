package io.opsautomator.examples.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsautomator.OpsAutomator;
import io.opsautomator.action.Action;
import io.opsautomator.micrometer.OpsAutomatorMetrics;
import io.opsautomator.resource.ResourceSelector;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Switches the lights of an office off at night. */
@SpringBootApplication
public class LightsApplication {
  public static void main(String[] arguments) {
    SpringApplication.run(LightsApplication.class, arguments);
  }

  // docs: spring
  /** Begins to schedule when the application is up, and hands work back when it is closed. */
  @Bean(initMethod = "start", destroyMethod = "close")
  OpsAutomator opsAutomator(
      List<Action<?>> actions,
      List<ResourceSelector<?>> selectors,
      OpsAutomatorMetrics metrics,
      @Value("${lights.store}") Path store,
      @Value("${lights.tasks}") Path tasks) {
    OpsAutomator.Builder builder = OpsAutomator.builder().withoutDiscovery();
    actions.forEach(builder::action);
    selectors.forEach(builder::selector);
    return builder.store(store).tasks(tasks).audit(metrics).build();
  }

  @Bean
  OpsAutomatorMetrics opsAutomatorMetrics(MeterRegistry registry) {
    OpsAutomatorMetrics metrics = new OpsAutomatorMetrics();
    metrics.bindTo(registry);
    return metrics;
  }

  // docs: end
  /** An application with Spring's actuator has one already. */
  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }
}
