package io.opsautomator.templategen.cloudformation;

import java.util.List;

/**
 * A call of an intrinsic function.
 *
 * @param function its full name, such as {@code Fn::Sub}
 * @param refersTo what the function itself looks up; what its argument looks up is in there
 */
record Call(String function, Value argument, List<Reference> refersTo) implements Value {
  Call {
    refersTo = List.copyOf(refersTo);
  }
}
