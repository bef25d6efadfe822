package io.opsautomator.engine.internal;

import io.opsautomator.action.ActionException;
import io.opsautomator.action.Deadline;
import io.opsautomator.plan.Verdict;
import io.opsautomator.resource.Choice;
import io.opsautomator.resource.Resource;
import io.opsautomator.resource.ResourceSelector;
import io.opsautomator.resource.ResourceSelector.Listing;
import io.opsautomator.resource.ResourceSelector.Query;
import io.opsautomator.resource.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Tells of every resource whether a run would select it, with the listing and the filters of a real
 * one. Nothing is left out at the source here: what lacks the tag is to be told of as well. Holds
 * one page at a time.
 */
final class Explainer {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Kernel kernel;
  private final Selecting selecting;
  private final Sifting sifting;

  Explainer(Kernel kernel, Selecting selecting, Sifting sifting) {
    this.kernel = kernel;
    this.selecting = selecting;
    this.sifting = sifting;
  }

  /** Lists as it is read, and once. */
  Stream<Verdict> explain(Job<?> job) {
    List<Scope> scopes = selecting.scopes(job.task());
    Iterator<Verdict> verdicts = new Verdicts(job, new ArrayDeque<>(scopes));
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(verdicts, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** Not thread-safe. */
  private final class Verdicts implements Iterator<Verdict> {
    private final Job<?> job;
    private final Picker picker;
    private final Deque<Scope> scopes;
    private final Deque<Verdict> page = new ArrayDeque<>();
    private Optional<String> token = Optional.empty();
    private int listed;

    private Verdicts(Job<?> job, Deque<Scope> scopes) {
      this.job = job;
      this.picker = new Picker(job, kernel.settings());
      this.scopes = scopes;
    }

    @Override
    public boolean hasNext() {
      while (page.isEmpty() && !scopes.isEmpty()) {
        read(scopes.getFirst());
      }
      return !page.isEmpty();
    }

    @Override
    public Verdict next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return page.removeFirst();
    }

    private void read(Scope scope) {
      try {
        sifting.requireAllowed(List.of(scope));
        ResourceSelector<?> selector =
            sifting.selector(job.metadata().selection().type()).orElseThrow(this::noSelector);
        token = Foreign.call(job, () -> next(scope, selector));
        if (token.isEmpty()) {
          end(new Verdict.Listed(scope, listed));
        }
      } catch (ActionException e) {
        end(new Verdict.Unreadable(scope, job.masked(e.code() + ": " + e.getMessage())));
      }
    }

    private ActionException noSelector() {
      String kind = job.metadata().selection().type().key();
      return new ActionException("ERR_NO_SELECTOR", "nothing here selects " + kind);
    }

    private <R extends Record> Optional<String> next(Scope scope, ResourceSelector<R> selector) {
      Deadline deadline = new Deadline(kernel.now().plus(PATIENCE), kernel.clock());
      Caller caller =
          Caller.reading(scope, deadline, job.role()).deployedAs(kernel.settings().deployment());
      Listing<R> listing = selector.list(caller, Query.ALL, token);
      List<Verdict> verdicts = new ArrayList<>();
      for (Resource<R> resource : listing.resources()) {
        verdicts.add(verdict(resource, picker.pick(resource, caller)));
      }
      page.addAll(verdicts);
      listed += verdicts.size();
      return listing.next();
    }

    private static Verdict verdict(Resource<?> resource, Choice<?> choice) {
      return choice instanceof Choice.LeftOut<?> out
          ? new Verdict.LeftOut(resource, out.why())
          : new Verdict.Selected(resource);
    }

    private void end(Verdict last) {
      page.add(last);
      scopes.removeFirst();
      token = Optional.empty();
      listed = 0;
    }
  }
}
