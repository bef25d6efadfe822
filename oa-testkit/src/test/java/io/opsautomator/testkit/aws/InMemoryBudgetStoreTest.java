package io.opsautomator.testkit.aws;

import io.opsautomator.aws.budget.BudgetStore;

final class InMemoryBudgetStoreTest extends BudgetStoreContract {
  @Override
  protected BudgetStore open() {
    return BudgetStore.inMemory();
  }
}
