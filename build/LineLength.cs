// An MSBuild inline task. It lies outside every project directory on purpose: inside one, **/*.cs would compile it into the library.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>Reports the lines of source files that are longer than max_line_length of the [*.cs] section in .editorconfig.</summary>
public class LineLength : Task
{
    [Required] public ITaskItem[] Sources { get; set; }
    [Required] public string RepositoryRoot { get; set; }

    /// <summary>The folder of generated files, which are not checked.</summary>
    [Required] public string Generated { get; set; }

    public override bool Execute()
    {
        int limit = Limit();
        string generated = Path.GetFullPath(Generated);
        foreach (string path in Sources.Select(source => source.GetMetadata("FullPath")).Distinct())
        {
            if (!path.StartsWith(RepositoryRoot) || path.StartsWith(generated)) continue;
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                int length = line.Count(character => !char.IsLowSurrogate(character));
                if (length > limit)
                    Log.LogError(null, "MLNETRNN002", null, path, number, limit + 1, 0, 0,
                        "Line length: expected at most {0} characters (max_line_length in .editorconfig), got {1}. Break the line.", limit, length);
            }
        }
        return !Log.HasLoggedErrors;
    }

    private int Limit()
    {
        const string Key = "max_line_length";
        IEnumerable<string> lines = File.ReadLines(Path.Combine(RepositoryRoot, ".editorconfig"));
        string line = lines.SkipWhile(text => text.Trim() != "[*.cs]").First(text => text.StartsWith(Key));
        return int.Parse(line.Split('=')[1]);
    }
}
