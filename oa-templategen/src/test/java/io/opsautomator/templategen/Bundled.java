package io.opsautomator.templategen;

import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.Services;
import java.lang.reflect.Proxy;
import java.util.List;

/** The actions that come with the house, connected to nothing. */
final class Bundled {
  static final ActionCatalog CATALOG =
      ActionCatalog.discover(
          new Services() {
            @Override
            public <S> S get(Class<S> type) {
              return type.cast(
                  Proxy.newProxyInstance(
                      type.getClassLoader(),
                      new Class<?>[] {type},
                      (proxy, method, arguments) -> {
                        throw new IllegalStateException(method + " is called by a template");
                      }));
            }
          });

  private Bundled() {}

  static List<ActionMetadata<?>> actions() {
    return CATALOG.actions().stream().<ActionMetadata<?>>map(it -> it.metadata()).toList();
  }

  static ActionMetadata<?> action(String name) {
    return CATALOG.find(name).orElseThrow().metadata();
  }
}
