package io.opsautomator.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.opsautomator.resource.Scope;
import io.opsautomator.task.ExecutionId;
import io.opsautomator.task.RunId;
import io.opsautomator.task.TaskName;
import io.opsautomator.task.Trigger;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** How Jackson maps what is stored; the records themselves know nothing of it. */
final class StoreMapper {
  private StoreMapper() {}

  static ObjectMapper create() {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(names())
            .addMixIn(Trigger.class, TriggerForm.class)
            .addMixIn(Batch.class, BatchForm.class)
            .addMixIn(Page.class, PageForm.class)
            .addMixIn(Run.Drive.class, DriveForm.class)
            .addMixIn(Run.Summary.class, SummaryForm.class)
            .addMixIn(Budget.class, BudgetForm.class)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();
    for (Class<?> empty : List.of(List.class, Set.class, Map.class, String.class)) {
      mapper.configOverride(empty).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
    }
    return mapper;
  }

  private static SimpleModule names() {
    SimpleModule module = new SimpleModule("names");
    text(module, TaskName.class, TaskName::value, TaskName::new);
    text(module, RunId.class, RunId::value, RunId::new);
    text(module, ExecutionId.class, ExecutionId::value, ExecutionId::new);
    text(module, GateKey.class, GateKey::value, GateKey::new);
    text(module, Scope.class, Scope::key, StoreMapper::scope);
    return module;
  }

  private static Scope scope(String key) {
    int slash = key.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not an account and region: " + key);
    }
    return Scope.of(key.substring(0, slash), key.substring(slash + 1));
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(type, new Writer<>(type, write));
    module.addDeserializer(type, new Reader<>(type, read));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Trigger.Firing.class, name = "firing"),
    @JsonSubTypes.Type(value = Trigger.Event.class, name = "event"),
    @JsonSubTypes.Type(value = Trigger.Chained.class, name = "chained"),
    @JsonSubTypes.Type(value = Trigger.Manual.class, name = "manual")
  })
  interface TriggerForm {}

  interface BatchForm {
    @JsonSerialize(using = Sorted.class)
    Set<Integer> succeeded();

    @JsonSerialize(using = Sorted.class)
    Set<Integer> failed();

    @JsonSerialize(using = Sorted.class)
    Set<Integer> notStarted();
  }

  interface PageForm {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean anew();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    List<Omission> omitted();
  }

  /** Few runs owe anything. */
  interface SummaryForm {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean owing();
  }

  interface DriveForm {
    @JsonSerialize(using = SortedNames.class)
    Set<ExecutionId> uncertain();
  }

  interface BudgetForm {
    @JsonSerialize(using = SortedAmounts.class)
    @JsonDeserialize(keyUsing = RunKey.class)
    Map<RunId, Integer> reserved();
  }

  /** The order of a {@link Set} differs from one JVM to the next; a stored text must not. */
  private static final class Sorted extends StdSerializer<Set<Integer>> {
    private static final long serialVersionUID = 1L;

    Sorted() {
      super(Set.class, false);
    }

    @Override
    public void serialize(Set<Integer> value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeStartArray();
      for (int ordinal : new TreeSet<>(value)) {
        out.writeNumber(ordinal);
      }
      out.writeEndArray();
    }
  }

  private static final class SortedNames extends StdSerializer<Set<ExecutionId>> {
    private static final long serialVersionUID = 1L;

    SortedNames() {
      super(Set.class, false);
    }

    @Override
    public void serialize(Set<ExecutionId> value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeStartArray();
      for (String id : value.stream().map(ExecutionId::value).sorted().toList()) {
        out.writeString(id);
      }
      out.writeEndArray();
    }
  }

  private static final class SortedAmounts extends StdSerializer<Map<RunId, Integer>> {
    private static final long serialVersionUID = 1L;

    SortedAmounts() {
      super(Map.class, false);
    }

    @Override
    public void serialize(Map<RunId, Integer> value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeStartObject();
      TreeMap<String, Integer> sorted = new TreeMap<>();
      value.forEach((run, amount) -> sorted.put(run.value(), amount));
      for (Map.Entry<String, Integer> entry : sorted.entrySet()) {
        out.writeNumberField(entry.getKey(), entry.getValue());
      }
      out.writeEndObject();
    }
  }

  private static final class RunKey extends KeyDeserializer {
    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return new RunId(key);
    }
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<T, String> text;

    Writer(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider context)
        throws IOException {
      out.writeString(text.apply(value));
    }
  }

  private static final class Reader<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> value;

    Reader(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        throw context.wrongTokenException(in, _valueClass, JsonToken.VALUE_STRING, "a text");
      }
      String text = in.getText();
      try {
        return value.apply(text);
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(text, handledType(), e.getMessage());
      }
    }
  }
}
