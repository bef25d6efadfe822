package io.opsautomator.testkit;

/** What {@link ActionContract} asks of an action, in the words of its certificate. */
enum Rule {
  PLANS_CHANGE_NOTHING("plans change nothing, and two of one world are the same"),
  RUNS_AS_PLANNED("runs take the steps that were planned"),
  RECOVERS("a death at any moment changes nothing about the end"),
  TWICE_IS_ONCE("every message delivered twice is as delivered once"),
  UNDOES("undo leaves the world as it was"),
  ISOLATES("one bad resource does not keep the others"),
  IN_TIME("the deadline is kept, and nothing is begun after it"),
  CONFIRMS("success has been looked at"),
  DECLARES_CALLS("every call is declared"),
  CALLS_DECLARED("every declared permission is used"),
  EXPLAINS_ITSELF("a form, a template and a manual can be made of the metadata");

  private final String words;

  Rule(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
