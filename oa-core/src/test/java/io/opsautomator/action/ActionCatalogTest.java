package io.opsautomator.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsautomator.resource.Aggregation;
import io.opsautomator.resource.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActionCatalogTest {
  record Nothing() {}

  private static final Services SERVICES =
      new Services() {
        @Override
        public <S> S get(Class<S> type) {
          throw new IllegalStateException("no " + type.getName());
        }
      };

  record Named(String name) implements Action<Nothing> {
    @Override
    public ActionMetadata<Nothing> metadata() {
      return ActionMetadata.of(name, new Nothing())
          .titled(name, "")
          .version("1", "1bdd8a3e-8a5e-4b8f-9c53-3f2f5b1c7a20")
          .selects(new ResourceType<>("x", "X", Nothing.class, true), Aggregation.RESOURCE)
          .build();
    }

    @Override
    public Outcome execute(ActionContext<Nothing> context) {
      throw new UnsupportedOperationException("only catalogued");
    }
  }

  @Test
  void findsActionsByNameAndListsThemInOrder() {
    ActionCatalog catalog = ActionCatalog.of(List.of(new Named("B"), new Named("A")));
    assertThat(catalog.names()).containsExactly("A", "B");
    assertThat(catalog.find("B")).contains(new Named("B"));
    assertThat(catalog.find("b")).isEmpty();
    assertThat(catalog.actions()).hasSize(2);
  }

  @Test
  void twoActionsOfOneNameAreRefusedNamingBothClasses() {
    assertThatThrownBy(() -> ActionCatalog.of(List.of(new Named("A"), new Named("A"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "two actions are named A: " + Named.class.getName() + " and " + Named.class.getName());
  }

  @Test
  void collectsWhatProvidersContribute() {
    ActionProvider one = services -> List.of(new Named("A"));
    ActionProvider two = services -> List.of(new Named("B"));
    assertThat(ActionCatalog.discover(List.of(one, two), SERVICES).names())
        .containsExactly("A", "B");
  }

  @Test
  void aProviderThatFailsIsNamedAndItsCauseKept() {
    ActionProvider failing =
        services -> {
          services.get(Runnable.class);
          return List.of();
        };
    assertThatThrownBy(() -> ActionCatalog.discover(List.of(failing), SERVICES))
        .hasMessageContaining(failing.getClass().getName())
        .hasMessageContaining("no java.lang.Runnable")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void withoutProvidersOnTheClassPathThereAreNoActions() {
    assertThat(ActionCatalog.discover(SERVICES).names()).isEmpty();
  }
}
