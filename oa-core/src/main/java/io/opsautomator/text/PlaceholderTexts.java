package io.opsautomator.text;

import io.opsautomator.action.Texts;
import io.opsautomator.resource.TagChanges;

/** The texts of one execution: templates filled in from {@link Placeholders}. Immutable. */
public record PlaceholderTexts(Placeholders placeholders) implements Texts {
  @Override
  public Texts with(String placeholder, Object value) {
    return new PlaceholderTexts(placeholders.with(placeholder, value));
  }

  @Override
  public String text(String template) {
    return TextTemplate.parse(template).fill(placeholders);
  }

  @Override
  public TagChanges tags(String list) {
    return TagTemplate.parse(list).fill(placeholders);
  }
}
