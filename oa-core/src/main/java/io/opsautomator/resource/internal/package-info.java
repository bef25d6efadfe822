/**
 * How tag filters are read and evaluated: the grammar, the tree, and its compiled form. Not for use
 * outside {@code oa-core}.
 */
@NullMarked
package io.opsautomator.resource.internal;

import org.jspecify.annotations.NullMarked;
