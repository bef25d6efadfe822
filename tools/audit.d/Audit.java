import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * {@code java Audit.java DEPENDENCIES LICENCES ADVISORIES}: a table of libraries with their
 * licences and advisories; ends with 1 if a licence is not allowed or a version is affected.
 *
 * <p>Dependencies are lines as the Maven dependency plugin lists them, with the paths of the jars.
 * A licence is read from the pom beside the jar, or from its parents. {@code LICENCES} has an
 * allowed name a line. A line of {@code ADVISORIES} is {@code group:artifact | range | id | what},
 * and {@code | accepted: why} if it does not concern us; ranges are Maven's.
 */
public final class Audit {
  private static final Pattern LISTED =
      Pattern.compile(
          "\\s+([\\w.-]+):([\\w.-]+):jar:(?:[\\w.-]+:)?([\\w.-]+):(?:compile|runtime):(\\S+\\.jar).*");
  private static final String OURS = "io.opsautomator";

  record Library(String group, String artifact, String version, Path jar) {
    String name() {
      return group + ":" + artifact;
    }

    Path pom() {
      String file = jar.getFileName().toString();
      return jar.resolveSibling(file.substring(0, file.length() - ".jar".length()) + ".pom");
    }

    /** Of the local repository. */
    Path root() {
      Path root = jar.getParent().getParent().getParent();
      for (int i = 0; i < group.split("\\.").length; i++) {
        root = root.getParent();
      }
      return root;
    }
  }

  record Advisory(String library, String ranges, String id, String what, Optional<String> accepted) {
    static Advisory of(String line) {
      String[] parts = line.split("\\|", -1);
      if (parts.length < 4) {
        throw new IllegalArgumentException("not an advisory: " + line);
      }
      Optional<String> accepted =
          parts.length > 4 ? Optional.of(parts[4].strip()) : Optional.empty();
      return new Advisory(
          parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip(), accepted);
    }

    boolean concerns(Library library) {
      return library.name().equals(this.library)
          && Arrays.stream(ranges.split("(?<=[\\])]),"))
              .anyMatch(range -> within(range.strip(), library.version()));
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> allowed = lines(Path.of(args[1]));
    List<Advisory> advisories = lines(Path.of(args[2])).stream().map(Advisory::of).toList();
    TreeMap<String, Library> libraries = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      Matcher listed = LISTED.matcher(line);
      if (listed.matches() && !listed.group(1).equals(OURS)) {
        Library it =
            new Library(
                listed.group(1), listed.group(2), listed.group(3), Path.of(listed.group(4)));
        libraries.put(it.name() + ":" + it.version(), it);
      }
    }
    if (libraries.isEmpty()) {
      throw new IllegalArgumentException(args[0] + " lists no library");
    }
    int bad = 0;
    for (Library library : libraries.values()) {
      bad += audit(library, allowed, advisories);
    }
    System.out.println(libraries.size() + " libraries, " + bad + " problems");
    System.exit(bad == 0 ? 0 : 1);
  }

  private static int audit(Library library, List<String> allowed, List<Advisory> advisories)
      throws Exception {
    int bad = 0;
    List<String> licences = licences(library.pom(), library.root());
    String verdict = "";
    if (licences.stream().noneMatch(allowed::contains)) {
      verdict = "   NOT ALLOWED";
      bad++;
    }
    System.out.printf(
        "%-55s %-16s %s%s%n",
        library.name(),
        library.version(),
        licences.isEmpty() ? "no licence" : String.join(" or ", licences),
        verdict);
    for (Advisory advisory : advisories) {
      if (advisory.concerns(library)) {
        bad += advisory.accepted().isPresent() ? 0 : 1;
        System.out.println(
            "    "
                + (advisory.accepted().isPresent() ? "" : "AFFECTED ")
                + advisory.id()
                + ": "
                + advisory.what()
                + advisory.accepted().map(why -> "; " + why).orElse(""));
      }
    }
    return bad;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** Of the pom, or of the nearest parent that names any. */
  private static List<String> licences(Path pom, Path root)
      throws IOException, ParserConfigurationException, SAXException {
    if (!Files.exists(pom)) {
      return List.of();
    }
    Element project = parse(pom);
    List<String> names = new ArrayList<>();
    for (Element licences : children(project, "licenses")) {
      for (Element licence : children(licences, "license")) {
        children(licence, "name").forEach(name -> names.add(name.getTextContent().strip()));
      }
    }
    if (!names.isEmpty()) {
      return names;
    }
    for (Element parent : children(project, "parent")) {
      String group = text(parent, "groupId");
      String artifact = text(parent, "artifactId");
      String version = text(parent, "version");
      Path folder = root.resolve(group.replace('.', '/')).resolve(artifact).resolve(version);
      return licences(folder.resolve(artifact + "-" + version + ".pom"), root);
    }
    return List.of();
  }

  private static Element parse(Path pom)
      throws IOException, ParserConfigurationException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).stream().findFirst().orElseThrow().getTextContent().strip();
  }

  /** A range such as {@code [1.0,2.0)}; an end that is left out is open. */
  private static boolean within(String range, String version) {
    Matcher ends = Pattern.compile("([\\[(])([^,]*),([^\\])]*)([\\])])").matcher(range);
    if (!ends.matches()) {
      throw new IllegalArgumentException("not a range: " + range);
    }
    boolean above =
        ends.group(2).isEmpty()
            || compare(version, ends.group(2)) > (ends.group(1).equals("[") ? -1 : 0);
    boolean below =
        ends.group(3).isEmpty()
            || compare(version, ends.group(3)) < (ends.group(4).equals("]") ? 1 : 0);
    return above && below;
  }

  /** By numbers; what is no number ({@code Final}) does not count. */
  private static int compare(String one, String other) {
    String[] a = one.split("[.-]");
    String[] b = other.split("[.-]");
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order = Integer.compare(number(a, i), number(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int number(String[] parts, int i) {
    return i < parts.length && parts[i].matches("[0-9]{1,9}") ? Integer.parseInt(parts[i]) : 0;
  }
}
