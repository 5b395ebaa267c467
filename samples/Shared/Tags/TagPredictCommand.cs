using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Samples.Tags;

/// <summary>Loads a model and predicts tags for standard input. It needs the model file only.</summary>
public static class TagPredictCommand
{
    public static int Run(FileInfo file, PredictFormat format)
    {
        Action? predict = SavedModel.Load(file, (ml, model) => Reader(ml, model, format));
        return predict is null ? 1 : TrainingRun.Guard("predict", predict);
    }

    /// <summary>Returns the work of a loaded model: it reads standard input and writes tags.</summary>
    public static Action Reader(MLContext ml, ITransformer model, PredictFormat format)
    {
        var tagger = new Tagger(ml, model);
        if (tagger.Rnn.FrameSize > 0)
        {
            Func<float[], string[]> frameTags = tagger.Engine<float>();
            return () =>
            {
                if (format.IsConllu) throw new FileException("--format conllu: expected a model of words, got one of frames. Leave --format out.");
                Frames(frameTags, tagger.Rnn.FrameSize);
            };
        }
        Func<string[], string[]> tags = tagger.Engine<string>();
        return format.IsConllu ? () => Conllu(tags, tagger.Rnn.InputColumnName, format) : () => Sentences(tags);
    }

    private static void Conllu(Func<string[], string[]> tagger, string inputColumn, PredictFormat format)
    {
        int own = Array.IndexOf(ConlluFormat.Columns, inputColumn);
        int tokenColumn = ConlluFormat.Index(format.TokenColumn ?? (own >= 0 ? own : ConlluFormat.Form), "--token-column");
        int tagColumn = ConlluFormat.Index(format.TagColumn, "--tag-column");
        if (tagColumn == 0) throw new FileException("--tag-column: expected a column after the first, which numbers the words, got 0.");
        using Stream output = Console.OpenStandardOutput();
        new ConlluFilter(tagger, tokenColumn, tagColumn).Run(Console.OpenStandardInput(), StandardInput.Name, output);
    }

    private static void Sentences(Func<string[], string[]> tagger)
    {
        foreach ((_, string line) in StandardInput.Lines())
        {
            string[] tokens = TaggedLine.Tokens(line);
            Console.WriteLine(TaggedLine.Of(tokens, tagger(tokens)));
        }
    }

    /// <summary>
    /// Writes a line for each line: a tag for a frame, an empty line for an empty line. The tags of a sequence are written when it ends, because they depend on
    /// its later frames.
    /// </summary>
    private static void Frames(Func<float[], string[]> tagger, int size)
    {
        var frames = new List<float>();
        void Answer()
        {
            foreach (string tag in tagger([.. frames])) Console.WriteLine(tag);
            frames.Clear();
        }
        foreach ((int number, string line) in StandardInput.Lines())
        {
            if (TextLine.IsBlank(line))
            {
                Answer();
                Console.WriteLine();
                continue;
            }
            string[] fields = FrameLine.Fields(line, StandardInput.Name, number);
            if (fields.Length != size)
                throw LineFault.Of(
                    StandardInput.Name, number, $"{size} numbers, as this model was trained on", $"{fields.Length}", "Write one frame per line, without a tag");
            foreach (string field in fields) frames.Add(FrameLine.Number(field, StandardInput.Name, number));
        }
        Answer();
    }

    /// <summary>Returns frames as lines that `predict` reads.</summary>
    public static IEnumerable<string> Lines(float[] frames, int size) =>
        frames.Chunk(size).Select(frame => string.Join(' ', frame.Select(number => number.ToString(CultureInfo.InvariantCulture))));
}
