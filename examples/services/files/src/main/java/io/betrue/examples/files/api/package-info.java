/** What other services and applications may know of files: the commands, what they take and give, and how they fail. Nothing here knows a database, a store or a transport. */
@NullMarked
package io.betrue.examples.files.api;

import org.jspecify.annotations.NullMarked;
