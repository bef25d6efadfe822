package io.opsautomator.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.benchmarks.cron.CronAgreement;
import io.opsautomator.benchmarks.filter.FilterAgreement;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgreementTest {
  @Test
  void allCronLibrariesNameTheSameFirings() {
    assertThat(
            CronAgreement.disagreements(
                List.of("jobrunr", "spring", "quartz", "cron-utils", "db-scheduler")))
        .isEmpty();
  }

  @Test
  void allEnginesSelectTheSameResources() {
    assertThat(
            FilterAgreement.disagreements(
                List.of("spel-compiled", "spel-java", "mvel", "jmespath", "spel", "cel")))
        .isEmpty();
  }
}
