package io.betrue.staticfiles;

import java.time.Duration;

/**
 * How changes of a directory are noticed.
 *
 * @param debounce how long it must be quiet before the files are read again
 * @param poll how often the directory is looked through, beside the system's own events
 */
record WatchSettings(Duration debounce, Duration poll) {}
