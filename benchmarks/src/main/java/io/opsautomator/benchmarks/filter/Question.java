package io.opsautomator.benchmarks.filter;

/**
 * The same question in every language. Regular expressions are anchored at the start in all of
 * them. JMESPath has none, and asks for the prefix, which selects the same of {@link Workload}.
 *
 * @param java SpEL and MVEL over a map {@code tags}; names with a wildcard are left to {@link
 *     TagHelper}, since SpEL compiles no search of its own
 */
enum Question {
  PRESENCE(
      "Owner", "'Owner' in tags", "tags.containsKey('Owner')", "length([?Key=='Owner']) > `0`"),
  EQUALITY(
      "Env=prod",
      "'Env' in tags && tags['Env'] == 'prod'",
      "tags.get('Env') == 'prod'",
      "length([?Key=='Env' && Value=='prod']) > `0`"),
  PREFIX(
      "Name=web*",
      "'Name' in tags && tags['Name'].startsWith('web')",
      "tags.containsKey('Name') && tags.get('Name').startsWith('web')",
      "length([?Key=='Name' && starts_with(Value, 'web')]) > `0`"),
  CONTAINS(
      "Name=*main*",
      "'Name' in tags && tags['Name'].contains('main')",
      "tags.containsKey('Name') && tags.get('Name').contains('main')",
      "length([?Key=='Name' && contains(Value, 'main')]) > `0`"),
  EITHER(
      "Env=prod|Env=test",
      "'Env' in tags && (tags['Env'] == 'prod' || tags['Env'] == 'test')",
      "tags.get('Env') == 'prod' || tags.get('Env') == 'test'",
      "length([?Key=='Env' && (Value=='prod' || Value=='test')]) > `0`"),
  NESTED(
      "Env=prod&(Tier=web|Tier=db*)",
      "'Env' in tags && tags['Env'] == 'prod' && 'Tier' in tags"
          + " && (tags['Tier'] == 'web' || tags['Tier'].startsWith('db'))",
      "tags.get('Env') == 'prod' && tags.containsKey('Tier')"
          + " && (tags.get('Tier') == 'web' || tags.get('Tier').startsWith('db'))",
      "length([?Key=='Env' && Value=='prod']) > `0`"
          + " && length([?Key=='Tier' && (Value=='web' || starts_with(Value, 'db'))]) > `0`"),
  DEEP(
      "!(Stage=old|(Zone=a&(Team=x|Team=y)))",
      "!(('Stage' in tags && tags['Stage'] == 'old') || ('Zone' in tags && tags['Zone'] == 'a'"
          + " && 'Team' in tags && (tags['Team'] == 'x' || tags['Team'] == 'y')))",
      "!(tags.get('Stage') == 'old' || (tags.get('Zone') == 'a'"
          + " && (tags.get('Team') == 'x' || tags.get('Team') == 'y')))",
      "!(length([?Key=='Stage' && Value=='old']) > `0` || (length([?Key=='Zone' && Value=='a'])"
          + " > `0` && length([?Key=='Team' && (Value=='x' || Value=='y')]) > `0`))"),
  OTHER(
      "Env=!prod",
      "'Env' in tags && tags['Env'] != 'prod'",
      "tags.containsKey('Env') && tags.get('Env') != 'prod'",
      "length([?Key=='Env' && Value!='prod']) > `0`"),
  REGEX(
      "Name=\\web-\\d+",
      "'Name' in tags && tags['Name'].matches('^web-[0-9]+')",
      "tags.containsKey('Name') && tags.get('Name') matches 'web-[0-9]+.*'",
      "length([?Key=='Name' && starts_with(Value, 'web-')]) > `0`"),
  NAME(
      "Cost*",
      "tags.exists(name, name.startsWith('Cost'))",
      "helper.anyName(tags, 'Cost')",
      "length([?starts_with(Key, 'Cost')]) > `0`");

  final String ours;
  final String cel;
  final String java;
  final String jmespath;

  Question(String ours, String cel, String java, String jmespath) {
    this.ours = ours;
    this.cel = cel;
    this.java = java;
    this.jmespath = jmespath;
  }
}
