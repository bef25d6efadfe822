package io.opsautomator.architecture;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.RecordDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One source file, and what can be held against it. */
final class SourceRules {
  static final int FILE_LINES = 400;
  static final int METHOD_LINES = 50;

  /** A table of cases is one method. */
  static final int TEST_METHOD_LINES = 80;

  static final int RECORD_COMPONENTS = 8;
  static final int PARAMETERS = 7;

  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  private static final ParserConfiguration JAVA_17 =
      new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_17);

  private final String name;
  private final long lines;
  private final CompilationUnit unit;

  private SourceRules(String name, long lines, CompilationUnit unit) {
    this.name = name;
    this.lines = lines;
    this.unit = unit;
  }

  static SourceRules read(Path file) {
    try {
      return of(BuildModule.relative(file), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourceRules of(String name, String text) {
    ParseResult<CompilationUnit> parsed = new JavaParser(JAVA_17).parse(text);
    return new SourceRules(
        name,
        text.lines().count(),
        parsed
            .getResult()
            .filter(unit -> parsed.isSuccessful())
            .orElseThrow(() -> new IllegalStateException(name + ": " + parsed.getProblems())));
  }

  private boolean isTest() {
    return name.contains("/src/test/");
  }

  private int methodLines() {
    return isTest() ? TEST_METHOD_LINES : METHOD_LINES;
  }

  /** Everything that is wrong with it. */
  List<String> complaints() {
    List<String> all = new ArrayList<>();
    if (lines > FILE_LINES) {
      all.add("%s has %d lines; at most %d".formatted(name, lines, FILE_LINES));
    }
    Stream.of(
            longMethods(),
            wideSignatures(),
            wideRecords(),
            unfinished(),
            disabled(),
            mocks(),
            sleeps())
        .flatMap(complaints -> complaints)
        .forEach(all::add);
    return all;
  }

  /** The length of each method and constructor with a body, from its first line to its brace. */
  Stream<Integer> methodLengths() {
    return callables().filter(SourceRules::hasBody).map(SourceRules::length);
  }

  private Stream<String> longMethods() {
    return callables()
        .filter(SourceRules::hasBody)
        .filter(callable -> length(callable) > methodLines())
        .map(
            callable ->
                at(
                    callable,
                    callable.getNameAsString()
                        + " has "
                        + length(callable)
                        + " lines; at most "
                        + methodLines()));
  }

  private Stream<String> wideSignatures() {
    return callables()
        .filter(callable -> callable.getParameters().size() > PARAMETERS)
        .map(
            callable ->
                at(
                    callable,
                    callable.getNameAsString() + " has more than " + PARAMETERS + " parameters"));
  }

  /** An action has as many parameters as it has; its record is bound by name, never by position. */
  private Stream<String> wideRecords() {
    if (isTest()) {
      return Stream.of();
    }
    return unit.findAll(RecordDeclaration.class).stream()
        .filter(type -> !type.getNameAsString().equals("Params"))
        .filter(type -> type.getParameters().size() > RECORD_COMPONENTS)
        .map(
            type ->
                at(
                    type,
                    type.getNameAsString()
                        + " has more than "
                        + RECORD_COMPONENTS
                        + " components"));
  }

  private Stream<String> unfinished() {
    return unit.getAllContainedComments().stream()
        .filter(comment -> UNFINISHED.matcher(comment.getContent()).find())
        .map(comment -> at(comment, "says that something is unfinished"));
  }

  private Stream<String> disabled() {
    return unit.findAll(AnnotationExpr.class).stream()
        .filter(annotation -> annotation.getName().getIdentifier().equals("Disabled"))
        .map(annotation -> at(annotation, "disables a test"));
  }

  private Stream<String> mocks() {
    return unit.getImports().stream()
        .filter(used -> used.getNameAsString().startsWith("org.mockito"))
        .map(used -> at(used, "mocks; write a fake"));
  }

  private Stream<String> sleeps() {
    return unit.findAll(MethodCallExpr.class).stream()
        .filter(call -> call.getNameAsString().equals("sleep"))
        .filter(call -> call.getScope().map(Node::toString).filter("Thread"::equals).isPresent())
        .map(call -> at(call, "sleeps"));
  }

  private Stream<CallableDeclaration<?>> callables() {
    return unit.findAll(CallableDeclaration.class).stream()
        .map(callable -> (CallableDeclaration<?>) callable);
  }

  private static boolean hasBody(CallableDeclaration<?> callable) {
    return callable.isConstructorDeclaration()
        || callable.toMethodDeclaration().flatMap(method -> method.getBody()).isPresent();
  }

  /** Without Javadoc and annotations. */
  private static int length(CallableDeclaration<?> callable) {
    int first = callable.getName().getBegin().orElseThrow().line;
    return callable.getEnd().orElseThrow().line - first + 1;
  }

  private String at(Node node, String complaint) {
    return name + ":" + node.getBegin().map(begin -> begin.line).orElse(0) + ": " + complaint;
  }
}
