package io.opsautomator.templategen.cloudformation;

/** Something that a function looks up in the template. */
record Reference(Kind kind, String id) {
  enum Kind {
    /** A parameter, a resource or a pseudo parameter. */
    NAMED,
    RESOURCE,
    CONDITION,
    MAPPING,
    /** What stands in a text where a name has to be, and is none. */
    MALFORMED
  }

  static Reference to(String id) {
    return new Reference(Kind.NAMED, id);
  }

  static Reference ofResource(String id) {
    return new Reference(Kind.RESOURCE, id);
  }

  static Reference toCondition(String id) {
    return new Reference(Kind.CONDITION, id);
  }

  static Reference toMapping(String id) {
    return new Reference(Kind.MAPPING, id);
  }
}
