/** The AWS adapters against servers that behave like AWS. */
@NullMarked
package io.opsautomator.awstests;

import org.jspecify.annotations.NullMarked;
