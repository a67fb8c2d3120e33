package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'type':'integer'} | {'type':'number'}",
                "{'type':'string'} | {'type':['string','null']}",
                "{'type':'string'} | {'type':'string','nullable':true}",
                "{'enum':[1]} | {'enum':[1,2]}",
                "{'const':1} | {'enum':[1,2]}",
                "{'required':['a','b']} | {'required':['a']}",
                "{'maxLength':1} | {'maxLength':2}",
                "{'minimum':1} | {'minimum':0}",
                "{'minimum':1,'exclusiveMinimum':true} | {'minimum':1}",
                "{'pattern':'a'} | {}",
                "{'additionalProperties':false} | {}",
                "{'properties':{'a':{'type':'integer'}}} | {'properties':{'a':{'type':'number'}}}",
                "{'items':{'maximum':1}} | {'items':{'maximum':2}}",
                "{'allOf':[{'maximum':1}]} | {'allOf':[{'maximum':2}]}",
                "{'additionalProperties':{'type':'integer'}} | {'additionalProperties':{'type':'number'}}"
            })
    void whatIsSentMayBecomeWiderAndWhatIsGivenNarrower(String narrow, String wide) {
        assertThat(sent(narrow, wide)).isEmpty();
        assertThat(sent(wide, narrow)).isNotEmpty();
        if (!wide.equals("{}") || narrow.contains("pattern")) {
            assertThat(given(wide, narrow)).isEmpty();
            assertThat(given(narrow, wide)).isNotEmpty();
        }
    }

    @Test
    void newPropertiesBreakNobody() {
        String one = "{'properties':{'a':{'type':'integer'}}}";
        String two = "{'properties':{'a':{'type':'integer'},'b':{'type':'string'}}}";
        assertThat(sent(one, two)).isEmpty();
        assertThat(given(one, two)).isEmpty();
        assertThat(given(two, one)).containsExactly("GET /a, answer 200.b is gone");
        assertThat(sent(two, one)).isEmpty();
    }

    @Test
    void operationsParametersAndAnswersAreCompared() {
        assertThat(compare("{'paths':{'/a/{x}':{'get':{}}}}", "{'paths':{'/a/{y}':{'get':{}}}}"))
                .isEmpty();
        assertThat(compare("{'paths':{'/a':{'get':{}}}}", "{'paths':{'/a':{'put':{}}}}"))
                .containsExactly("GET /a is gone");
        assertThat(operation("'parameters':[]", "'parameters':[{'in':'query','name':'q','required':true}]"))
                .containsExactly("GET /a requires the query parameter q");
        assertThat(operation("'parameters':[]", "'parameters':[{'in':'query','name':'q'}]"))
                .isEmpty();
        assertThat(operation("'operationId':'a'", "'operationId':'b'"))
                .containsExactly("GET /a has the operationId b, was a");
        assertThat(operation("'x':1", "'security':[{'bearer':[]}]")).containsExactly("GET /a needs security");
        assertThat(operation("'security':[{'b':[]}],'x-roles':['A','B']", "'security':[{'b':[]}],'x-roles':['B','C']"))
                .containsExactly("GET /a is closed to A");
        assertThat(operation("'responses':{'200':{}}", "'responses':{'201':{}}"))
                .containsExactly("GET /a may answer 201", "GET /a answers no 200");
        assertThat(operation("'responses':{'200':{}}", "'responses':{'200':{},'409':{}}"))
                .isEmpty();
        assertThat(operation(
                        "'requestBody':{'content':{'a/b':{}}}", "'requestBody':{'content':{'c/d':{}},'required':true}"))
                .containsExactly("GET /a requires a body", "GET /a takes no a/b");
    }

    @Test
    void membersThatHaveNoNameAreCompared() {
        String numbers = "{'additionalProperties':{'type':'integer'}}";
        assertThat(sent("{}", numbers)).isNotEmpty();
        assertThat(sent(numbers, "{}")).isEmpty();
        assertThat(given(numbers, "{}")).isNotEmpty();
        assertThat(given(numbers, "{'additionalProperties':true}")).isNotEmpty();
        assertThat(given("{}", numbers)).isEmpty();
        assertThat(given("{'additionalProperties':false}", numbers)).isEmpty();
        assertThat(sent("{'additionalProperties':false}", numbers)).isEmpty();
        // a name that had none before, and the other way round
        String named = "{'additionalProperties':{'type':'integer'},'properties':{'a':{'type':'string'}}}";
        assertThat(sent(numbers, named)).containsExactly("GET /a, body.a no longer takes integer");
        assertThat(given(numbers, named)).containsExactly("GET /a, answer 200.a may now be string");
        assertThat(sent(named, numbers)).containsExactly("GET /a, body.a no longer takes string");
    }

    @Test
    void schemasThatAreTrueOrFalseAreSchemas() {
        String open = "{'prefixItems':[{}]}";
        String closed = "{'prefixItems':[{}],'items':false}";
        assertThat(sent(open, closed)).isNotEmpty();
        assertThat(sent("{'items':true}", "{}")).isEmpty();
    }

    @Test
    void aTypeMayBeSaidByValues() {
        assertThat(sent("{'enum':['a',1]}", "{'type':['string','integer'],'enum':['a',1]}"))
                .isEmpty();
        assertThat(given("{'type':'string','enum':['a']}", "{'const':'a'}")).isEmpty();
        assertThat(given("{'type':'string'}", "{'enum':['a',1.5]}")).contains("GET /a, answer 200 may now be number");
    }

    @Test
    void aSuccessMayBeSaidMoreExactly() {
        String any = "'responses':{'2XX':{'description':'Success'}}";
        String exact = "'responses':{'201':{'content':{'j/s':{}}}}";
        assertThat(operation(any, exact)).isEmpty();
        assertThat(operation(exact, any)).containsExactly("GET /a may answer 2XX", "GET /a answers no 201");
        assertThat(operation("'responses':{'2XX':{'content':{'a/b':{}}}}", exact))
                .containsExactly("GET /a answers 201 without a/b");
        assertThat(operation(any, "'responses':{'404':{}}")).containsExactly("GET /a answers no 2XX");
    }

    @Test
    void securityIsThatOfItsScheme() {
        String bearer = "{'type':'http','scheme':'bearer','bearerFormat':'JWT'}";
        String key = "{'type':'apiKey','in':'header','name':'X-Key'}";
        assertThat(secured(bearer, "[{'a':[]}]", bearer.replace("JWT", "opaque"), "[{'a':['ADMIN']}]"))
                .isEmpty();
        assertThat(secured(bearer, "[{'a':[]}]", key, "[{'a':[]}]"))
                .containsExactly("GET /a no longer accepts the security of a");
        assertThat(secured(key, "[{'a':[]}]", key.replace("X-Key", "X-Other"), "[{'a':[]}]"))
                .containsExactly("GET /a no longer accepts the security of a");
        assertThat(secured(bearer, "[{'a':[]},{'b':[]}]", bearer, "[{'a':[]}]"))
                .containsExactly("GET /a no longer accepts the security of b");
        assertThat(secured(bearer, "[{'a':[]}]", bearer, "[{'a':[]},{'b':[]}]")).isEmpty();
        assertThat(secured(bearer, "[{'a':[]}]", bearer, "[]")).isEmpty();
    }

    @Test
    void whatWasRequiredMayStayRequired() {
        String parameter = "'parameters':[{'in':'query','name':'q','required':true}]";
        assertThat(operation(parameter, parameter)).isEmpty();
        assertThat(operation(parameter.replace("true", "false"), parameter))
                .containsExactly("GET /a requires the query parameter q");
        String body = "'requestBody':{'content':{'a/b':{}},'required':true}";
        assertThat(operation(body, body)).isEmpty();
        // roles of a route that needs no security any more
        assertThat(operation("'security':[{'b':[]}],'x-roles':['A']", "'x-roles':['B']"))
                .isEmpty();
    }

    @Test
    void anotherNumberOfChoicesCounts() {
        assertThat(sent("{'oneOf':[{},{}]}", "{'oneOf':[{}]}"))
                .containsExactly("GET /a, body oneOf has 1 schemas, had 2, which is not looked into");
        assertThat(given("{'anyOf':[{}]}", "{'anyOf':[{},{}]}")).hasSize(1);
    }

    @Test
    void referencesAreFollowedToTheirEnd() {
        String chain =
                "{'paths':{'/a':{'get':{'requestBody':{'content':{'j/s':{'schema':{'$ref':'#/components/schemas/A'}}}}}}},"
                        + "'components':{'schemas':{'A':{'$ref':'#/components/schemas/B'},'B':{'$ref':'#/components/schemas/C'},'C':{'type':'TYPE'}}}}";
        assertThat(compare(chain.replace("TYPE", "number"), chain.replace("TYPE", "integer")))
                .containsExactly("GET /a, body no longer takes number");
    }

    @Test
    void namesOfHeadersHaveNoCase() {
        assertThat(operation(
                        "'parameters':[{'in':'header','name':'X-Key','required':true}]",
                        "'parameters':[{'in':'header','name':'x-key','required':true}]"))
                .isEmpty();
        assertThat(operation(
                        "'parameters':[{'in':'query','name':'q','required':true}]",
                        "'parameters':[{'in':'query','name':'Q','required':true}]"))
                .containsExactly("GET /a requires the query parameter Q");
    }

    @Test
    void routesThatOpenApiCannotSayAreMissedToo() {
        String two = "{'x-javalin-routes':[{'method':'QUERY','path':'/a'},{'method':'GET','path':'/b/{y}'}]}";
        assertThat(compare(two, two)).isEmpty();
        assertThat(compare(two, "{}")).containsExactly("GET /b/{y} is gone", "QUERY /a is gone");
        assertThat(compare(
                        "{'x-javalin-routes':[{'method':'GET','path':'/b/{y}'}]}",
                        "{'paths':{'/b/{x}':{'get':{'x-javalin-path':'/b/{y}'}}}}"))
                .isEmpty();
    }

    @Test
    void whatIsWrittenAnotherWayIsAnotherParameter() {
        String parameter = "'parameters':[{'in':'query','name':'q','explode':true,'schema':{'type':'integer'}}]";
        assertThat(operation(parameter, parameter.replace("true", "false")))
                .containsExactly("GET /a, query parameter q is written another way");
        assertThat(operation(parameter, parameter.replace("integer", "string")))
                .containsExactly("GET /a, query parameter q no longer takes integer");
    }

    @Test
    void schemasThatReferToThemselvesAreComparedOnce() {
        String tree =
                "{'paths':{'/a':{'get':{'responses':{'200':{'content':{'j/s':{'schema':{'$ref':'#/components/schemas/T'}}}}}}}},"
                        + "'components':{'schemas':{'T':{'properties':{'next':{'$ref':'#/components/schemas/T'},'v':{'type':'TYPE'}}}}}}";
        assertThat(compare(tree.replace("TYPE", "integer"), tree.replace("TYPE", "integer")))
                .isEmpty();
        assertThat(compare(tree.replace("TYPE", "integer"), tree.replace("TYPE", "string")))
                .containsExactly("GET /a, answer 200.v may now be string");
    }

    private static List<String> sent(String before, String after) {
        String body = "'requestBody':{'content':{'j/s':{'schema':SCHEMA}}}";
        return operation(body.replace("SCHEMA", before), body.replace("SCHEMA", after));
    }

    private static List<String> given(String before, String after) {
        String answer = "'responses':{'200':{'content':{'j/s':{'schema':SCHEMA}}}}";
        return operation(answer.replace("SCHEMA", before), answer.replace("SCHEMA", after));
    }

    private static List<String> secured(String scheme, String old, String other, String now) {
        String document =
                "{'paths':{'/a':{'get':{'security':REQUIREMENTS}}},'components':{'securitySchemes':{'a':SCHEME}}}";
        return compare(
                document.replace("REQUIREMENTS", old).replace("SCHEME", scheme),
                document.replace("REQUIREMENTS", now).replace("SCHEME", other));
    }

    private static List<String> operation(String before, String after) {
        return compare("{'paths':{'/a':{'get':{" + before + "}}}}", "{'paths':{'/a':{'get':{" + after + "}}}}");
    }

    private static List<String> compare(String before, String after) {
        return Compatibility.breaking(Served.read(before.replace('\'', '"')), Served.read(after.replace('\'', '"')));
    }
}
