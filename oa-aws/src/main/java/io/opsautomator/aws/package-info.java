/**
 * AWS: guarded clients over sessions of many accounts, and the catalogue of what can be selected.
 */
@NullMarked
package io.opsautomator.aws;

import org.jspecify.annotations.NullMarked;
