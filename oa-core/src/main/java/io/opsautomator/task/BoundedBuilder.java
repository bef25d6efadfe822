package io.opsautomator.task;

import java.time.Duration;
import java.util.List;

/** The part of a task's builder that says how its runs go, and how far. */
abstract class BoundedBuilder implements Task.Builder {
  final Findings findings = new Findings();
  final GuardsBuilder guards = new GuardsBuilder(findings);
  final FlowBuilder flow;

  BoundedBuilder(String task) {
    this.flow = new FlowBuilder(findings, task);
  }

  @Override
  public BoundedBuilder after(String task, After.End... when) {
    flow.after(task, List.of(when));
    return this;
  }

  @Override
  public BoundedBuilder maxResources(String amount) {
    guards.maxResources(amount);
    return this;
  }

  @Override
  public BoundedBuilder maxErrors(String amount) {
    guards.maxErrors(amount);
    return this;
  }

  @Override
  public BoundedBuilder maxPerAccount(int resources) {
    guards.maxPerAccount(resources);
    return this;
  }

  @Override
  public BoundedBuilder maxPerRegion(int resources) {
    guards.maxPerRegion(resources);
    return this;
  }

  @Override
  public BoundedBuilder maxShrink(int percent) {
    guards.maxShrink(percent);
    return this;
  }

  @Override
  public BoundedBuilder canary(String amount) {
    guards.canary(amount);
    return this;
  }

  @Override
  public BoundedBuilder waves(String amount) {
    guards.waves(amount);
    return this;
  }

  @Override
  public BoundedBuilder pause(Duration between) {
    guards.pause(between);
    return this;
  }

  @Override
  public BoundedBuilder approve() {
    guards.approve();
    return this;
  }

  @Override
  public BoundedBuilder recheck(boolean wanted) {
    flow.recheck(wanted);
    return this;
  }
}
