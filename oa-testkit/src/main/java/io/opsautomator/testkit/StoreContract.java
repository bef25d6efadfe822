package io.opsautomator.testkit;

import io.opsautomator.store.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Store} has to keep, as tests: extend this in a store's tests, and say how one
 * is opened. Needs JUnit and AssertJ, which this module does not bring along.
 *
 * <p>Each test gets an empty store of its own. The tests know of no clock: instants around March
 * 2026 are passed in.
 */
public abstract class StoreContract {
  private @Nullable Store store;

  /** Opens a store that is empty; called before each test, and closed after it. */
  protected abstract Store open();

  /**
   * How much the longest tests do; for stores with a slow way to the disk or over a network.
   * Executions, 10,000 unless said otherwise.
   */
  protected int volume() {
    return 10_000;
  }

  @BeforeEach
  final void openStore() {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store().close();
  }

  /** The store that was opened for this test. */
  protected final Store store() {
    if (store == null) {
      throw new IllegalStateException("no test is running");
    }
    return store;
  }

  @Nested
  final class OfTasks extends TaskContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfRuns extends RunContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfSelections extends SelectionContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfExecutions extends ExecutionContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfGates extends GateContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfBrakes extends BrakeContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfTwoGates extends TwoGatesContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfRedrives extends RedriveContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfDrives extends DriveContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class OfBudgets extends BudgetContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }
  }

  @Nested
  final class Altogether extends WholeStoreContract {
    @Override
    Store store() {
      return StoreContract.this.store();
    }

    @Override
    int volume() {
      return StoreContract.this.volume();
    }
  }
}
