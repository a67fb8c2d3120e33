package io.betrue.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Jackson's annotations make of a record; asked of Jackson itself, so that it cannot be otherwise. What a mapper is told beside them is not seen. */
final class JacksonRecord {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Annotations that give a value another form than its type has. */
    private static final Set<String> FORMS = Set.of(
            "JsonAnyGetter",
            "JsonAnySetter",
            "JsonDeserialize",
            "JsonIdentityInfo",
            "JsonIdentityReference",
            "JsonRawValue",
            "JsonSerialize",
            "JsonTypeId",
            "JsonUnwrapped",
            "JsonValue");

    private JacksonRecord() {}

    /**
     * A component, as JSON has it.
     *
     * @param name its name there
     * @param written whether Jackson writes it
     * @param always whether it does so each time
     * @param read whether Jackson reads it
     */
    record Member(String name, boolean written, boolean always, boolean read) {}

    /**
     * What tells the records of a sealed interface apart.
     *
     * @param property the name of the member
     * @param value what it has for one record
     */
    record Discriminator(String property, String value) {}

    /**
     * {@return the members of a record by the names of its components; those that Jackson leaves out are not among them}
     *
     * @param type the record
     * @param discriminator the name of the member that Jackson adds, or null if it adds none
     * @throws IllegalArgumentException if Jackson makes something else of it than an object of its components
     */
    static Map<String, Member> members(Class<?> type, @Nullable String discriminator) {
        refuseForms(type);
        Map<String, BeanPropertyDefinition> written = properties(type, true);
        Map<String, BeanPropertyDefinition> read = properties(type, false);
        Set<String> components = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isIgnored(component)) { // Jackson still knows it as a parameter of the constructor
                components.add(component.getName());
            }
        }
        for (BeanPropertyDefinition extra : written.values()) {
            if (!components.contains(extra.getInternalName())
                    && !extra.getName().equals(discriminator)) {
                throw new IllegalArgumentException(
                        "Jackson also writes \"" + extra.getName() + "\" of " + type.getName()
                                + ", which is no component; mark it with @JsonIgnore, or write the schema by hand");
            }
        }
        Map<String, Member> members = new HashMap<>();
        for (String component : components) {
            BeanPropertyDefinition out = written.get(component);
            BeanPropertyDefinition in = read.get(component);
            BeanPropertyDefinition any = out == null ? in : out;
            if (any != null) {
                boolean always = out != null && isAlways(type, out);
                members.put(component, new Member(any.getName(), out != null, always, in != null));
            }
        }
        return members;
    }

    private static Map<String, BeanPropertyDefinition> properties(Class<?> type, boolean written) {
        MapperConfig<?> config = written ? MAPPER.getSerializationConfig() : MAPPER.getDeserializationConfig();
        BeanDescription description = written
                ? MAPPER.getSerializationConfig().introspect(MAPPER.constructType(type))
                : MAPPER.getDeserializationConfig().introspect(MAPPER.constructType(type));
        JsonIgnoreProperties.Value ignore = config.getDefaultPropertyIgnorals(type, description.getClassInfo());
        Set<String> ignored = ignore == null
                ? Set.of()
                : written ? ignore.findIgnoredForSerialization() : ignore.findIgnoredForDeserialization();
        Map<String, BeanPropertyDefinition> properties = new LinkedHashMap<>();
        for (BeanPropertyDefinition property : description.findProperties()) {
            boolean there = written ? property.couldSerialize() : property.couldDeserialize();
            if (there && !ignored.contains(property.getName())) {
                properties.put(property.getInternalName(), property);
            }
        }
        return properties;
    }

    private static boolean isIgnored(RecordComponent component) {
        return annotations(component).stream()
                .anyMatch(annotation -> annotation instanceof JsonIgnore ignore && ignore.value());
    }

    private static boolean isAlways(Class<?> type, BeanPropertyDefinition property) {
        JsonInclude.Value own = property.findInclusion();
        JsonInclude.Value ofType = MAPPER.getSerializationConfig()
                .introspect(MAPPER.constructType(type))
                .findPropertyInclusion(JsonInclude.Value.empty());
        JsonInclude.Include include = ofType.withOverrides(own).getValueInclusion();
        return include == JsonInclude.Include.ALWAYS
                || include == JsonInclude.Include.USE_DEFAULTS
                // a null or an absent value is for those that may be absent anyway
                || include == JsonInclude.Include.NON_NULL
                || include == JsonInclude.Include.NON_ABSENT;
    }

    private static void refuseForms(Class<?> type) {
        List<AnnotatedElement> elements = new ArrayList<>(List.of(type));
        Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Stream::of)
                .forEach(elements::add);
        for (AnnotatedElement element : elements) {
            for (Annotation annotation : element.getAnnotations()) {
                boolean delegates = annotation instanceof JsonCreator creator
                        && (element instanceof Method || creator.mode() == JsonCreator.Mode.DELEGATING);
                if (delegates || changesTheForm(annotation)) {
                    throw new IllegalArgumentException("@"
                            + annotation.annotationType().getSimpleName() + " of " + type.getName()
                            + " gives it another form, which is not described; write the schema by hand");
                }
            }
        }
    }

    private static boolean changesTheForm(Annotation annotation) {
        return annotation.annotationType().getName().startsWith("com.fasterxml.jackson.")
                && FORMS.contains(annotation.annotationType().getSimpleName());
    }

    /** {@return the annotations of a component; an accessor that is written out does not have them, but the field does} */
    static Collection<Annotation> annotations(RecordComponent component) {
        Map<Class<?>, Annotation> all = new LinkedHashMap<>();
        for (Annotation annotation : component.getAccessor().getAnnotations()) {
            all.put(annotation.annotationType(), annotation);
        }
        try {
            Class<?> type = component.getDeclaringRecord();
            for (Annotation annotation :
                    type.getDeclaredField(component.getName()).getAnnotations()) {
                all.putIfAbsent(annotation.annotationType(), annotation);
            }
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
        return all.values();
    }

    /** {@return what Jackson writes for a constant of an enum} */
    static JsonNode constant(Object constant) {
        return MAPPER.valueToTree(constant);
    }

    /**
     * {@return what tells a record from others of a type, or null if Jackson adds nothing}
     *
     * @param base the type that is asked for
     * @param type the record
     * @throws IllegalArgumentException if Jackson adds something that is not described
     */
    static @Nullable Discriminator discriminator(Class<?> base, Class<?> type) {
        MapperConfig<?> config = MAPPER.getSerializationConfig();
        AnnotatedClass info = MAPPER.getSerializationConfig()
                .introspectClassAnnotations(MAPPER.constructType(base))
                .getClassInfo();
        JsonTypeInfo told = info.getAnnotation(JsonTypeInfo.class);
        if (told == null || told.use() == JsonTypeInfo.Id.NONE) {
            return null;
        }
        boolean member =
                told.include() == JsonTypeInfo.As.PROPERTY || told.include() == JsonTypeInfo.As.EXISTING_PROPERTY;
        if (told.use() != JsonTypeInfo.Id.NAME || !member) {
            throw new IllegalArgumentException(base.getName()
                    + " needs @JsonTypeInfo(use = NAME) with a property, so that its records can be told apart by it");
        }
        String property = told.property().isEmpty() ? told.use().getDefaultPropertyName() : told.property();
        for (NamedType named : MAPPER.getSubtypeResolver().collectAndResolveSubtypesByClass(config, info)) {
            if (named.getType() == type && named.hasName()) {
                return new Discriminator(property, named.getName());
            }
        }
        JsonTypeName name = type.getAnnotation(JsonTypeName.class);
        if (name != null && !name.value().isEmpty()) {
            return new Discriminator(property, name.value());
        }
        // what Jackson makes of a class without a name
        String full = type.getName();
        return new Discriminator(property, full.substring(full.lastIndexOf('.') + 1));
    }
}
