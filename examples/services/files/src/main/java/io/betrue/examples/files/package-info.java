/**
 * Files of users: taken as streams, recognised, counted, and kept in a folder or in a store that speaks S3.
 *
 * <p>{@link io.betrue.examples.files.FilesService} is the way in. The package knows no transport and no other service: a caller is a UUID that somebody else has checked. It owns the PostgreSQL
 * schema {@code files} and nothing outside it; bytes are in a {@link io.betrue.examples.files.FileStore} that the application brings.
 */
@NullMarked
package io.betrue.examples.files;

import org.jspecify.annotations.NullMarked;
