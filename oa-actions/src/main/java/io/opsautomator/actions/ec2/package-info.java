/**
 * The bundled actions for EC2. Only their provider is public: actions are known by their wire
 * names.
 */
@NullMarked
package io.opsautomator.actions.ec2;

import org.jspecify.annotations.NullMarked;
