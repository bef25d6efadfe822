package io.opsautomator.testkit.internal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.opsautomator.resource.Scope;
import java.util.Map;

/** What a call does to the world, as data: applied now, and again when the ledger is replayed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "does")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Put.class, name = "put"),
  @JsonSubTypes.Type(value = Change.Removed.class, name = "removed"),
  @JsonSubTypes.Type(value = Change.Tagged.class, name = "tagged"),
  @JsonSubTypes.Type(value = Change.Parameter.class, name = "parameter")
})
public sealed interface Change {
  /** The thing is there, in place of any of the same id. */
  record Put(Simulated thing) implements Change {}

  record Removed(Simulated thing) implements Change {}

  /** All tags that this account has on the thing; another account may have others on it. */
  record Tagged(Scope scope, String id, Map<String, String> tags) implements Change {
    public Tagged {
      tags = Sorted.copy(tags);
    }
  }

  /** A parameter of the parameter store. */
  record Parameter(Scope scope, String name, String value) implements Change {}
}
