using System.Globalization;
using Microsoft.ML;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>Loads a model and tells the tags of what comes on standard input. Nothing here knows how the model was trained.</summary>
internal static class PredictCommand
{
    public static int Run(FileInfo file)
    {
        Action? predict = SavedModel.Load(file, Reader);
        if (predict is null) return 1;
        try
        {
            predict();
            return 0;
        }
        catch (FileException e)
        {
            Console.Error.WriteLine($"predict: {e.Message}");
            return 1;
        }
    }

    /// <summary>What a loaded model is to do: answer standard input.</summary>
    public static Action Reader(MLContext ml, ITransformer model)
    {
        var tagger = new Tagger(ml, model);
        if (tagger.Rnn.FrameSize == 0)
        {
            Func<string[], string[]> tags = tagger.Engine<string>();
            return () => Sentences(tags);
        }
        Func<float[], string[]> frameTags = tagger.Engine<float>();
        return () => Frames(frameTags, tagger.Rnn.FrameSize);
    }

    private static void Sentences(Func<string[], string[]> tagger)
    {
        while (Console.ReadLine() is { } line)
        {
            string[] tokens = TaggedLine.Tokens(line);
            Console.WriteLine(TaggedLine.Of(tokens, tagger(tokens)));
        }
    }

    /// <summary>A line for a line: a tag for a frame, an empty line for an empty one. A sequence is answered when it ends, for its last frames say something of its first.</summary>
    private static void Frames(Func<float[], string[]> tagger, int size)
    {
        var frames = new List<float>();
        int number = 0;
        void Answer()
        {
            foreach (string tag in tagger([.. frames])) Console.WriteLine(tag);
            frames.Clear();
        }
        while (Console.ReadLine() is { } line)
        {
            number++;
            string[] fields = FrameFile.Fields(line);
            if (fields.Length > 0)
            {
                if (fields.Length != size) throw new FileException($"standard input, line {number}: expected {size} numbers, as this model was trained on, got {fields.Length}");
                foreach (string field in fields) frames.Add(FrameFile.Number(field, "standard input", number));
                continue;
            }
            Answer();
            Console.WriteLine();
        }
        Answer();
    }

    /// <summary>Frames as lines that `predict` reads.</summary>
    public static IEnumerable<string> Lines(float[] frames, int size) => frames.Chunk(size).Select(frame => string.Join(' ', frame.Select(number => number.ToString(CultureInfo.InvariantCulture))));
}
