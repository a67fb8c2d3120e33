/** Typed settings from the environment. */
@NullMarked
package io.betrue.config;

import org.jspecify.annotations.NullMarked;
