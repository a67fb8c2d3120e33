package io.betrue.examples.files;

import io.betrue.examples.files.api.FileInfo;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.UUID;

/** Makes records of rows. */
final class Columns {
    static final String FILE = "select id, name, media_type, size, sha256, created_at from files.files";

    private Columns() {}

    static FileInfo file(ResultSet row) throws SQLException {
        return new FileInfo(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                HexFormat.of().formatHex(row.getBytes("sha256")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
