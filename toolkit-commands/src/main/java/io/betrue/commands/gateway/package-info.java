/**
 * What stands between a gateway and the services behind it: tries again where that does no harm, and leaves a service alone that fails.
 */
@NullMarked
package io.betrue.commands.gateway;

import org.jspecify.annotations.NullMarked;
