package io.opsautomator.templategen.maven;

import io.opsautomator.action.Action;
import io.opsautomator.action.ActionCatalog;
import io.opsautomator.action.ActionMetadata;
import io.opsautomator.action.ActionMetadata.Stability;
import io.opsautomator.action.Services;
import io.opsautomator.templategen.TaskTemplate;
import io.opsautomator.templategen.cloudformation.Template;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the actions and makes their templates, on the project's side of the border that {@link
 * Generation} draws: loaded with the project's classes, seen from outside as a function of texts.
 *
 * <p>Given {@code format}, which is {@code yaml} or {@code json}, and {@code own}, a folder of
 * classes whose actions alone are wanted, or nothing for all. Answers template texts by the names
 * of the actions; throws what names each action whose template cannot be made.
 */
public final class DiscoveredTemplates
    implements Function<Map<String, String>, SortedMap<String, String>> {
  @Override
  public SortedMap<String, String> apply(Map<String, String> wanted) {
    boolean json = "json".equals(wanted.get("format"));
    String own = wanted.getOrDefault("own", "");
    SortedMap<String, String> texts = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    for (Action<?> action : ActionCatalog.discover(new Nobody()).actions()) {
      ActionMetadata<?> metadata = action.metadata();
      if (isPublic(metadata) && (own.isEmpty() || isFrom(Path.of(own), action.getClass()))) {
        try {
          Template template = TaskTemplate.of(metadata);
          texts.put(metadata.name(), json ? template.json() : template.yaml());
        } catch (RuntimeException e) {
          problems.add(action.getClass().getName() + ": " + Faults.describe(e));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
    return texts;
  }

  private static boolean isPublic(ActionMetadata<?> metadata) {
    return metadata.identity().stability() != Stability.INTERNAL;
  }

  private static boolean isFrom(Path folder, Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return source != null
          && Path.of(source.getLocation().toURI()).toAbsolutePath().equals(folder.toAbsolutePath());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Where is " + type + "? " + source.getLocation(), e);
    }
  }

  /** Hands out stand-ins: what an action says of itself must need nothing. */
  private static final class Nobody implements Services {
    @Override
    public <S> S get(Class<S> type) {
      Object nobody =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                throw new IllegalStateException(
                    type.getSimpleName() + " is not there while templates are generated");
              });
      return type.cast(nobody);
    }
  }
}
