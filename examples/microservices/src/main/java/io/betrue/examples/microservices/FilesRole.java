package io.betrue.examples.microservices;

import io.betrue.examples.files.FilesService;
import io.betrue.examples.wallet.Storage;
import io.betrue.process.Run;
import java.time.Clock;

/** What users keep. It calls nobody; what uploads leave is swept by {@link JobsRole}, which sees the same bytes. */
final class FilesRole {
    private static final int BACKGROUND_CONNECTIONS = 1; // there is none

    private FilesRole() {}

    static void start(Run run, Launched launched, FilesRoleConfig config) {
        ServiceProcess process = new ServiceProcess(run, "files", config, Tables.FILES, BACKGROUND_CONNECTIONS);
        Joined others = process.join();
        Storage storage = run.start("storage", () -> Storage.of(config.files, config.bytes.dataDir), Storage::close);
        FilesService files = new FilesService(
                process.store().dataSource(), storage.files(), config.files.options(), Clock.systemUTC());
        process.serve(others, launched, files::handle);
    }
}
