namespace MlNetRnn.Accuracy.Languages;

/// <summary>The texts by name. An additional text is one line here.</summary>
internal static class LanguageSets
{
    private static readonly Dictionary<string, Func<DirectoryInfo, LanguageSet>> ByName = new()
    {
        // The messages of the samples, which need no download (--data samples/Data), by characters
        ["messages-characters"] = root => LastTenth(DataSets.Read(root, "messages-train.tsv").Skip(1).Select(line => line.Split('\t')[2])),
        // Plays of Shakespeare, by characters: the last tenth validates and is measured, as in the published comparisons
        ["tinyshakespeare"] = root => LastTenth(DataSets.Read(root, "tinyshakespeare/input.txt")),
        // The kernel folder of Linux 3.1, by characters
        ["linux"] = root => LastTenth(DataSets.Read(root, "linux_kernel_c/linux-3.1-kernel.c.txt")),
        // WikiText-2 by its words: the training part is not available, so valid.txt is
        ["wikitext2"] = root => WikiText(Rows(DataSets.Read(root, "wikitext2/valid.txt")), Rows(DataSets.Read(root, "wikitext2/test.txt"))),
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static LanguageSet Load(string name, DirectoryInfo root) => ByName[name](root);

    private static LanguageSet LastTenth(IEnumerable<string> lines)
    {
        string text = string.Concat(lines.Select(line => line + '\n'));
        int train = (int)(text.Length * 0.9);
        TextOfRow[] held = [new() { Text = text[train..] }];
        return new LanguageSet([new() { Text = text[..train] }], held, held, RnnLanguageUnit.Character);
    }

    private static LanguageSet WikiText(TextOfRow[] rows, TextOfRow[] test)
    {
        // All models have the same training part, and with it the same vocabulary.
        int train = (int)(rows.Length * 0.9);
        return new LanguageSet(rows[..train], rows[train..], test, RnnLanguageUnit.Whitespace) { Orders = [2, 3, 4] };
    }

    private static TextOfRow[] Rows(IEnumerable<string> lines) => [.. lines.Select(line => new TextOfRow { Text = line })];
}
