using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>Loads a model and generates a text. It needs the model file only.</summary>
internal static class GenerateCommand
{
    public static int Run(GenerateSettings settings, ParseResult result)
    {
        SavedLanguageModel? saved = SavedLanguageModel.Load(result.GetRequiredValue(settings.Model), "generate");
        if (saved is null) return 1;
        return TrainingRun.Guard("generate", () =>
        {
            foreach (string part in Generate(saved, result.GetRequiredValue(settings.Prompt), settings.Of(result)))
            {
                Console.Write(part);
                Console.Out.Flush();
            }
            // Standard output has the text alone; a terminal needs a new line for its prompt.
            if (!Console.IsOutputRedirected) Console.WriteLine();
        });
    }

    /// <summary>Returns the parts of a text as they are generated.</summary>
    public static IEnumerable<string> Generate(SavedLanguageModel saved, string prompt, RnnGenerationOptions options)
    {
        RnnTextGenerator generator = saved.Ml.Rnn().CreateTextGenerator(saved.Model);
        return options.BeamWidth > 0 ? [generator.Generate(prompt, options)] : generator.StreamAsync(prompt, options).ToBlockingEnumerable();
    }
}
