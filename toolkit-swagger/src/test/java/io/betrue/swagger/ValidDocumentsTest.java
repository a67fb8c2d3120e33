package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents of 200 random applications; openapi-checks/run shows the files that this leaves to validators that are no Java. */
class ValidDocumentsTest {
    private static final Path FOLDER = Path.of("target", "openapi");

    @Test
    void swaggerParserFindsNoFaultInTwoHundredApplications() throws IOException {
        Files.createDirectories(FOLDER);
        List<String> faults = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            RandomApplication application = new RandomApplication(seed);
            OpenApi documents = OpenApi.of(application.build(new Random(1)));
            OpenApi shuffled = OpenApi.of(application.build(new Random(2)));
            for (DocumentForm form : DocumentForm.values()) {
                byte[] document = documents.document(form);
                assertThat(shuffled.document(form))
                        .as("seed %s, %s", seed, form)
                        .isEqualTo(document);
                String text = new String(document, StandardCharsets.UTF_8);
                if (!form.isYaml()) {
                    Files.write(FOLDER.resolve(seed + "-" + form.name().toLowerCase(Locale.ROOT) + ".json"), document);
                }
                if (form.isYaml() && seed % 10 != 0) {
                    continue;
                }
                SwaggerParseResult result = new OpenAPIV3Parser().readContents(text);
                for (String message : result.getMessages()) {
                    faults.add(seed + " " + form + ": " + message);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void swaggerParserFindsNoFaultInTheMonolith() throws IOException {
        String text = Files.readString(Path.of("../examples/monolith/docs/openapi.json"));
        assertThat(text).contains("/api/ledger/deposit");
        assertThat(new OpenAPIV3Parser().readContents(text).getMessages()).isEmpty();
    }

    @Test
    void theValidatorFindsFaultsWhereThereAreSome() {
        Javalin app = new RandomApplication(1).build(new Random(1));
        String text = new String(OpenApi.of(app).document(DocumentForm.JSON_30), StandardCharsets.UTF_8);
        String broken = text.replace("\"responses\"", "\"answers\"");
        assertThat(new OpenAPIV3Parser().readContents(broken).getMessages()).isNotEmpty();
    }
}
