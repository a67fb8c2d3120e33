package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileNamesTest {
    private static String png(String given) {
        return FileNames.clean(given, MediaType.PNG);
    }

    @Test
    void keepsWhatIsHarmless() {
        assertThat(png("holiday 2026 (1).png")).isEqualTo("holiday 2026 (1).png");
        assertThat(png("Отпуск.png")).isEqualTo("Отпуск.png");
        assertThat(FileNames.clean("notes.md", MediaType.TEXT)).isEqualTo("notes.md");
    }

    @Test
    void takesTheLastPartOfAPath() {
        assertThat(png("../../etc/passwd.png")).isEqualTo("passwd.png");
        assertThat(png("C:\\Users\\anna\\cat.png")).isEqualTo("cat.png");
        assertThat(png("..")).isEqualTo("file.png");
        assertThat(png("a/")).isEqualTo("file.png");
        assertThat(png(".htaccess")).isEqualTo("htaccess.png");
    }

    @Test
    void leavesOutWhatCannotBeSeen() {
        assertThat(png("photo\u202Egnp.exe.png")).as("right to left").isEqualTo("photognp.exe.png");
        assertThat(png("a\u0000b\r\nc\u200Bd\uFEFFe\u2028f.png")).isEqualTo("abcdef.png");
        assertThat(png("half\uD83D.png")).as("half a character").isEqualTo("half.png");
        assertThat(png("a\u00A0b.png")).as("another space").isEqualTo("a b.png");
    }

    @Test
    void leavesOutWhatSomeSystemsCannotHave() {
        assertThat(png("a<b>:\"|?*c.png")).isEqualTo("a_b______c.png");
        assertThat(png("con.png")).isEqualTo("_con.png");
        assertThat(png("LPT1.backup.png")).isEqualTo("_LPT1.backup.png");
        assertThat(png("console.png")).isEqualTo("console.png");
        assertThat(png(" dots... .png")).isEqualTo("dots.png");
    }

    @Test
    void endsAsItsTypeDoes() {
        assertThat(png("invoice.pdf.exe")).isEqualTo("invoice.pdf.exe.png");
        assertThat(FileNames.clean("run.bat", MediaType.TEXT)).isEqualTo("run.bat.txt");
        assertThat(FileNames.clean("page.html", MediaType.TEXT)).isEqualTo("page.html.txt");
        assertThat(FileNames.clean("PHOTO.JPEG", MediaType.JPEG)).isEqualTo("PHOTO.jpeg");
        assertThat(png("png")).isEqualTo("png.png");
    }

    @Test
    void namesWhatHasNoName() {
        for (String nothing : List.of("", " ", ".", "\u202E", ".png", "/")) {
            assertThat(png(nothing)).isEqualTo("file.png");
        }
    }

    @Test
    void isShortEnoughForEveryFileSystem() {
        assertThat(png("x".repeat(300)).length()).isEqualTo(204);
        String faces = png("\uD83D\uDE00".repeat(200));
        assertThat(faces.getBytes(StandardCharsets.UTF_8).length).isEqualTo(204);
        assertThat(faces).endsWith("\uD83D\uDE00.png");
    }

    @Test
    void writesEqualNamesEqually() {
        assertThat(png("cafe\u0301.png")).isEqualTo(png("caf\u00e9.png"));
    }
}
