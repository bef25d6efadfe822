package io.opsautomator.aws.dynamodb;

import io.opsautomator.aws.dynamodb.SliceForm.Numbered;
import io.opsautomator.aws.dynamodb.Table.Expression;
import io.opsautomator.resource.Scope;
import io.opsautomator.store.Batch;
import io.opsautomator.store.BatchId;
import io.opsautomator.store.Page;
import io.opsautomator.store.SelectionRules;
import io.opsautomator.store.Selections;
import io.opsautomator.store.Slice;
import io.opsautomator.store.StoreException;
import io.opsautomator.store.Write;
import io.opsautomator.task.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What runs have selected, in the partition of the run. */
final class DynamoSelections implements Selections {
  private static final Comparator<Numbered> FANNED_OUT =
      Comparator.comparingInt(Numbered::number).thenComparing(it -> it.slice().scope().key());
  private static final int REMEMBERED = 1_000;

  private final Table table;
  private final Tokens tokens;
  private final Bodies bodies;
  private final SliceForm form;
  private final Optimistic<SliceForm.Id, Numbered> slices;
  private final DynamoBatches batches;

  DynamoSelections(Table table, Tokens tokens, Texts texts) {
    this.table = table;
    this.tokens = tokens;
    this.bodies = new Bodies(texts);
    this.form = new SliceForm(bodies);
    this.slices = new Optimistic<>(table, tokens, new Images<>(REMEMBERED), form);
    this.batches = new DynamoBatches(table, tokens, texts);
  }

  // -- Slices -------------------------------------------------------------------------------------

  @Override
  public List<Slice> fanOut(RunId run, List<Scope> scopes) {
    List<Numbered> there = all(run);
    Map<Scope, Slice> known = new HashMap<>();
    there.forEach(each -> known.put(each.slice().scope(), each.slice()));
    List<Map<String, AttributeValue>> fresh = new ArrayList<>();
    String token = tokens.next();
    for (Scope scope : scopes) {
      Slice slice = Slice.listing(scope);
      if (known.putIfAbsent(scope, slice) == null) {
        int number = there.size() + fresh.size();
        fresh.add(form.write(new Numbered(run, number, slice), 1, token));
      }
    }
    if (fresh.isEmpty()) {
      return slicesOf(there);
    }
    table.insert(fresh);
    return slices(run);
  }

  private List<Numbered> all(RunId run) {
    return table.query(Key.run(run)).beginningWith("S#").all().stream()
        .map(row -> form.read(row).item())
        .sorted(FANNED_OUT)
        .toList();
  }

  private static List<Slice> slicesOf(List<Numbered> some) {
    return some.stream().map(Numbered::slice).toList();
  }

  @Override
  public List<Slice> slices(RunId run) {
    return slicesOf(all(run));
  }

  @Override
  public Optional<Slice> slice(RunId run, Scope scope) {
    return slices.find(new SliceForm.Id(run, scope)).map(it -> it.item().slice());
  }

  @Override
  public Write<Slice> claim(RunId run, Scope scope, Claimant by) {
    return write(new SliceForm.Id(run, scope), stored -> SelectionRules.claim(stored, by));
  }

  @Override
  public Write<Slice> end(RunId run, Scope scope, long epoch, Slice.End end) {
    return write(new SliceForm.Id(run, scope), stored -> SelectionRules.end(stored, epoch, end));
  }

  private Write<Slice> write(SliceForm.Id id, Function<Slice, Write<Slice>> rule) {
    Write<Numbered> write =
        slices.write(
            id,
            stored ->
                changed(
                    rule.apply(stored.slice()),
                    slice -> new Numbered(stored.run(), stored.number(), slice)));
    return changed(write, Numbered::slice);
  }

  private static <S, T> Write<T> changed(Write<S> write, Function<S, T> to) {
    if (write instanceof Write.Applied<S> applied) {
      return new Write.Applied<>(to.apply(applied.now()));
    }
    if (write instanceof Write.Refused<S> refused) {
      return new Write.Refused<>(to.apply(refused.actual()));
    }
    if (write instanceof Write.Fenced<S> fenced) {
      return new Write.Fenced<>(to.apply(fenced.actual()));
    }
    return new Write.Absent<>();
  }

  // -- Pages --------------------------------------------------------------------------------------

  /** With the page before it and a slice that has not ended, in one step. */
  @Override
  public Write<Page> append(RunId run, Page page) {
    Key key = Key.page(run, page.slice(), page.number());
    String token = tokens.next();
    Map<String, AttributeValue> item =
        bodies.fitting(bodies.put(Forms.item(key, 1, token), Texts.owner(run), page));
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(table.putting(item, Expression.FRESH));
    writes.add(
        table.requiring(
            Key.slice(run, page.slice()), "attribute_not_exists(" + SliceForm.ENDED + ")"));
    if (page.number() > 0) {
      writes.add(
          table.requiring(Key.page(run, page.slice(), page.number() - 1), "attribute_exists(pk)"));
    }
    for (int i = 0; i < Table.TRIES; i++) {
      if (table.transact(writes, token + "-" + i).isEmpty()) {
        return new Write.Applied<>(page);
      }
      Optional<Write<Page>> refusal = refusal(run, page, token);
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    throw new StoreException("%s was not written %d times in a row".formatted(key, Table.TRIES));
  }

  private Optional<Write<Page>> refusal(RunId run, Page page, String token) {
    Optional<Stored<Page>> there =
        table
            .get(Key.page(run, page.slice(), page.number()))
            .map(row -> bodies.read(Page.class, row));
    if (there.isPresent()) {
      Page stored = there.get().item();
      return Optional.of(
          there.get().writer().equals(token)
              ? new Write.Applied<>(stored)
              : new Write.Refused<>(stored));
    }
    if (slice(run, page.slice()).filter(it -> it.end().isPresent()).isPresent()) {
      return Optional.of(new Write.Absent<>());
    }
    int number = page.number();
    if (number > 0 && table.get(Key.page(run, page.slice(), number - 1)).isEmpty()) {
      throw new IllegalArgumentException(
          "page %d of %s comes before page %d".formatted(number, page.slice().key(), number - 1));
    }
    return Optional.empty();
  }

  @Override
  public List<Page> pages(RunId run, Scope scope, int from, int limit) {
    return table
        .query(Key.run(run))
        .between(Key.page(run, scope, from).sk(), Key.page(run, scope, Integer.MAX_VALUE).sk())
        .first(limit)
        .stream()
        .map(row -> bodies.read(Page.class, row).item())
        .toList();
  }

  // -- Batches ------------------------------------------------------------------------------------

  @Override
  public Write<Batch> dispatched(RunId run, Batch batch) {
    return batches.add(run, batch);
  }

  @Override
  public Tally ended(RunId run, BatchId batch, int drive, Ends ends) {
    return batches.ended(run, batch, drive, ends);
  }

  @Override
  public Batch reopen(RunId run, BatchId batch, int drive) {
    return batches.reopen(run, batch, drive);
  }

  @Override
  public List<Batch> batches(RunId run) {
    return batches.list(run, Optional.empty(), Integer.MAX_VALUE);
  }

  @Override
  public List<Batch> batches(RunId run, Optional<BatchId> after, int limit) {
    return batches.list(run, after, limit);
  }

  @Override
  public boolean anyOpen(RunId run) {
    return batches.anyOpen(run);
  }

  @Override
  public Set<String> wholeGroups(RunId run) {
    return batches.wholeGroups(run);
  }
}
