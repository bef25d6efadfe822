/** The Maven plugin: templates of a project's own actions, written while it is built. */
@NullMarked
package io.opsautomator.templategen.maven;

import org.jspecify.annotations.NullMarked;
