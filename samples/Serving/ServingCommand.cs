using System.CommandLine;
using System.Net.Sockets;
using Microsoft.ML;

namespace MlNetRnn.Samples.Serving;

/// <summary>The command line.</summary>
internal sealed class ServingCommand
{
    private const string Program = "Serving";

    private readonly Option<string> _urls = new("--urls")
    {
        Description = "Addresses to listen on: http://HOST:PORT, separated by ';'; port 0 for any free port.",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<FileInfo?> _model = new("--model")
    {
        Description = "The file of a classifier or regression of texts (column Text). Default: a classifier of the topics of messages is trained.",
    };

    private readonly Option<FileInfo?> _tagger = new("--tagger")
    {
        Description = "The file of a tagger of words. Default: a tagger of names, places and dates is trained.",
    };

    private readonly Option<FileInfo?> _writer = new("--language-model")
    {
        Description = "The file of a language model. Default: a model that continues messages is trained.",
    };

    private readonly Option<FileInfo?> _translator = new("--translation-model")
    {
        Description = "The file of a translation model of texts. Default: a model that translates dates is trained.",
    };

    private readonly Option<FileInfo?> _captioner = new("--captioning-model")
    {
        Description = "The file of a captioning model that the sample Captioning saved. Default: a model of drawings of two colored shapes is trained.",
    };

    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "The folder for trained models.",
        DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("artifacts", Program)),
    };

    /// <returns>The exit code.</returns>
    public int Run(string[] args)
    {
        const string Description = "Serves models of this library over HTTP, with a page to try them. The model files may be replaced at any time.";
        var root = new RootCommand(Description) { _urls, _model, _tagger, _writer, _translator, _captioner, _output };
        root.SetAction(result => TrainingRun.Guard(Program, () => Serve(result)));
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0) return parsed.Invoke();
        // One line, as for every other error of the user; the help would bury it.
        IEnumerable<string> words = parsed.Errors.SelectMany(error => error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Console.Error.WriteLine($"{Program}: {string.Join(' ', words)} (--help lists all options)");
        return 1;
    }

    private void Serve(ParseResult result)
    {
        string urls = ListeningUrls.Expect(result.GetRequiredValue(_urls));
        using ILoggerFactory logs = ServiceLog.Create();
        using ServedModels models = Open(result, logs);
        var limits = new ServiceLimits();
        // Scoring occupies threads of the pool; others must be available immediately for the page and /health.
        ThreadPool.SetMinThreads(limits.AtOnce + Environment.ProcessorCount, Environment.ProcessorCount);
        using WebApplication app = Service.Build(models, limits, urls, logs);
        try
        {
            app.Start();
        }
        catch (SocketException e)
        {
            throw new IOException($"--urls {urls}: {e.Message}", e);
        }
        Console.WriteLine($"Listening on {string.Join(", ", app.Urls)} (open in a browser to try the models; Ctrl+C ends the service)");
        app.WaitForShutdown();
    }

    /// <summary>Opens the models; the files of the user are checked before any model is trained.</summary>
    private ServedModels Open(ParseResult result, ILoggerFactory logs)
    {
        MLContext ml = TrainingRun.Context(seed: 1);
        TextModel? texts = result.GetValue(_model) is { } model ? TextModel.Open(ml, $"{model}", logs) : null;
        TagModel? tags = result.GetValue(_tagger) is { } tagger ? TagModel.Open(ml, $"{tagger}", logs) : null;
        WriterModel? writer = result.GetValue(_writer) is { } languageModel ? WriterModel.Open(ml, $"{languageModel}", logs) : null;
        TranslatorModel? translator =
            result.GetValue(_translator) is { } translationModel ? TranslatorModel.Open(ml, $"{translationModel}", logs) : null;
        CaptionerModel? captioner = result.GetValue(_captioner) is { } captioningModel ? CaptionerModel.Open(ml, $"{captioningModel}", logs) : null;
        var builtIn = new BuiltInModels(ml, result.GetRequiredValue(_output));
        return new ServedModels(
            texts ?? TextModel.Open(ml, builtIn.Topics(), logs, "Topic"),
            tags ?? TagModel.Open(ml, builtIn.Entities(), logs, "Names and places"),
            writer ?? WriterModel.Open(ml, builtIn.Messages(), logs),
            translator ?? TranslatorModel.Open(ml, builtIn.Dates(), logs, "Dates"),
            captioner ?? CaptionerModel.Open(ml, builtIn.Scenes(), logs, "Colored shapes", BuiltInScenes.DrawExamples()));
    }
}
