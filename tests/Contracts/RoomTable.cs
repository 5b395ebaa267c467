namespace MlNetRnn.Contracts;

/// <summary>The rooms of the source code (docs/architecture.md) and their dependencies.</summary>
internal static class RoomTable
{
    /// <summary>For each room, the rooms that it may use in addition to itself. Constants leave no trace in an assembly, so every room may use them.</summary>
    public static Dictionary<string, string[]> Allowed { get; } = new()
    {
        ["Transforms/MLNetBridge"] = [],
        ["Transforms/Files"] = [],
        ["Transforms/Kernels"] = [],
        ["Transforms/Sequences"] = [],
        ["Transforms/RandomNumbers"] = [],
        ["Transforms/Tokenization"] = [],
        ["Transforms/Tags"] = [],
        ["Transforms/Symbols"] = ["Transforms/Sequences", "Transforms/Tokenization"],
        ["Transforms/Columns"] = ["Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tokenization"],
        ["Transforms/Networks"] = ["Transforms/Kernels", "Transforms/Sequences"],
        ["Transforms/Networks/Steps"] = ["Transforms/Kernels", "Transforms/Networks", "Transforms/Decoding/Generation"],
        ["Transforms/Networks/Steps/Decoders"] =
        [
            "Transforms/Kernels", "Transforms/Sequences", "Transforms/Networks", "Transforms/Networks/Steps", "Transforms/Decoding/Generation",
        ],
        ["Transforms/Decoding"] = [],
        ["Transforms/Decoding/Generation"] = ["Transforms/Kernels", "Transforms/RandomNumbers", "Transforms/Decoding"],
        ["Transforms/NGrams"] = ["Transforms/Decoding/Generation"],
        ["Transforms/Decoding/Tags"] = ["Transforms/Kernels", "Transforms/Tags", "Transforms/Decoding"],
        ["Transforms/Tasks"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Columns", "Transforms/Networks", "Transforms/Decoding/Tags",
        ],
        ["Transforms/Model"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tokenization", "Transforms/Columns", "Transforms/Networks", "Transforms/Tasks",
        ],
        ["Transforms/LanguageModels"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Networks/Steps", "Transforms/Decoding", "Transforms/Decoding/Generation", "Transforms/NGrams", "Transforms/Tasks", "Transforms/Model",
        ],
        ["Transforms/LanguageModels/Fitting"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/NGrams", "Transforms/LanguageModels",
        ],
        ["Transforms/LanguageModels/GenerationTransform"] =
        [
            "Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Decoding/Generation", "Transforms/Model", "Transforms/LanguageModels",
        ],
        ["Transforms/Captioning"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Model", "Transforms/LanguageModels", "Transforms/Translation",
        ],
        ["Transforms/Translation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Networks/Steps/Decoders", "Transforms/Decoding", "Transforms/Decoding/Generation", "Transforms/Tasks", "Transforms/Model",
            "Transforms/LanguageModels",
        ],
        ["Transforms/Serving"] = ["Transforms/MLNetBridge", "Transforms/Files", "Transforms/Networks"],
        ["Transforms/Corpora"] = ["Transforms/MLNetBridge", "Transforms/Files", "Transforms/Columns"],
        ["Transforms/Evaluation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Symbols", "Transforms/Columns", "Transforms/LanguageModels",
        ],
        ["Transforms/Evaluation/Languages"] = ["Transforms/NGrams"],
        ["Transforms/Evaluation/Translation"] = ["Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Evaluation", "Transforms/Evaluation/Languages"],
        ["Transforms/Evaluation/Captioning"] = ["Transforms/MLNetBridge", "Transforms/Columns", "Transforms/Evaluation/Translation"],
        ["Transforms/TokenizingTransform"] = ["Transforms/MLNetBridge", "Transforms/Tokenization", "Transforms/Columns"],
        ["Trainers/Options"] =
        [
            "Transforms/Tokenization", "Transforms/Symbols", "Transforms/Columns", "Transforms/Tasks", "Transforms/LanguageModels",
            "Transforms/LanguageModels/Fitting", "Transforms/Translation",
        ],
        ["Trainers/Native"] = [],
        ["Trainers/Kernels"] = ["Transforms/Kernels"],
        ["Trainers/Onnx"] = [],
        ["Trainers/Labels"] = ["Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Columns"],
        ["Trainers/Batching"] = ["Transforms/Files", "Transforms/Sequences", "Transforms/Tokenization", "Transforms/Columns", "Trainers/Labels"],
        ["Trainers/Modules"] = ["Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching"],
        ["Trainers/Modules/Cells"] = ["Transforms/Kernels", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx"],
        ["Trainers/Modules/Recurrent"] =
        [
            "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
        ],
        ["Trainers/Modules/Grids/Cells"] = ["Transforms/Kernels", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx"],
        ["Trainers/Modules/Grids"] =
        [
            "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Grids/Cells",
        ],
        ["Trainers/Modules/Pooling"] = ["Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules"],
        ["Trainers/Modules/Inputs"] =
        [
            "Transforms/Networks", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Pooling",
        ],
        ["Trainers/Modules/Attention"] =
        [
            "Transforms/Kernels", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent",
        ],
        ["Trainers/Modules/Decoders"] =
        [
            "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Cells",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Attention",
        ],
        ["Trainers/Modules/Wide"] = ["Transforms/Sequences", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules"],
        ["Trainers/Modules/Heads"] = ["Trainers/Kernels", "Trainers/Onnx", "Trainers/Modules", "Trainers/Modules/Wide"],
        ["Trainers/Networks"] =
        [
            "Transforms/Networks", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Cells", "Trainers/Modules/Recurrent", "Trainers/Modules/Grids", "Trainers/Modules/Pooling", "Trainers/Modules/Inputs",
            "Trainers/Modules/Attention", "Trainers/Modules/Decoders", "Trainers/Modules/Heads", "Trainers/Modules/Wide",
        ],
        ["Trainers/Objectives"] =
        [
            "Transforms/Tags", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Heads",
        ],
        ["Trainers/Training"] =
        [
            "Transforms/Files", "Transforms/Kernels", "Transforms/RandomNumbers", "Trainers/Options", "Trainers/Kernels", "Trainers/Modules",
        ],
        ["Trainers/Training/Tasks"] =
        [
            "Transforms/Sequences", "Transforms/Decoding/Tags", "Trainers/Options", "Trainers/Kernels", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Recurrent", "Trainers/Modules/Wide", "Trainers/Modules/Heads", "Trainers/Networks", "Trainers/Objectives", "Trainers/Training",
        ],
        ["Trainers/Fitting"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Tags", "Transforms/Columns", "Transforms/Networks", "Transforms/Decoding/Tags",
            "Transforms/Tasks", "Transforms/Model", "Trainers/Options", "Trainers/Native", "Trainers/Kernels", "Trainers/Onnx", "Trainers/Labels",
            "Trainers/Batching", "Trainers/Modules", "Trainers/Modules/Inputs", "Trainers/Modules/Wide", "Trainers/Modules/Heads", "Trainers/Networks",
            "Trainers/Objectives", "Trainers/Training", "Trainers/Training/Tasks",
        ],
        ["Trainers/Fitting/Translation"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Networks",
            "Transforms/Decoding/Generation", "Transforms/Model", "Transforms/LanguageModels", "Transforms/LanguageModels/Fitting", "Transforms/Translation",
            "Transforms/Evaluation/Translation", "Trainers/Options", "Trainers/Native", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Inputs", "Trainers/Networks", "Trainers/Training", "Trainers/Training/Tasks", "Trainers/Fitting",
            "Trainers/Fitting/LanguageModels",
        ],
        ["Trainers/Fitting/LanguageModels"] =
        [
            "Transforms/MLNetBridge", "Transforms/Sequences", "Transforms/Symbols", "Transforms/Columns", "Transforms/Model", "Transforms/LanguageModels",
            "Transforms/LanguageModels/Fitting", "Trainers/Options", "Trainers/Native", "Trainers/Onnx", "Trainers/Batching", "Trainers/Modules",
            "Trainers/Modules/Inputs", "Trainers/Networks", "Trainers/Training", "Trainers/Training/Tasks", "Trainers/Fitting",
        ],
        ["Trainers/Quantization"] =
        [
            "Transforms/MLNetBridge", "Transforms/Networks", "Transforms/Model", "Transforms/LanguageModels", "Transforms/LanguageModels/GenerationTransform",
            "Transforms/Captioning", "Transforms/Translation", "Trainers/Onnx",
        ],
        ["Trainers"] =
        [
            "Transforms/MLNetBridge", "Transforms/Symbols", "Transforms/Model", "Transforms/LanguageModels", "Transforms/Captioning", "Transforms/Translation",
            "Trainers/Options", "Trainers/Fitting", "Trainers/Fitting/Translation", "Trainers/Fitting/LanguageModels",
        ],
        ["Experiments/Space"] = [],
        ["Experiments/Trials"] = ["Transforms/RandomNumbers", "Experiments/Space"],
        ["Experiments/Metrics"] =
        [
            "Transforms/Tags", "Transforms/Evaluation", "Transforms/Evaluation/Translation", "Transforms/Evaluation/Captioning", "Trainers/Options",
        ],
        ["Experiments/Tuning"] = ["Experiments/Space", "Experiments/Trials"],
        ["Experiments/Monitoring"] = ["Trainers/Options", "Experiments/Trials"],
        ["Experiments/Report"] = ["Transforms/Files", "Experiments/Space", "Experiments/Trials"],
        ["Experiments/Plan"] = ["Experiments/Space", "Experiments/Metrics", "Experiments/Tuning", "Experiments/Monitoring"],
        ["Experiments/Checkpoints"] =
        [
            "Transforms/Files", "Trainers/Options", "Experiments/Space", "Experiments/Trials", "Experiments/Metrics", "Experiments/Plan",
        ],
        ["Experiments/Running"] =
        [
            "Transforms/MLNetBridge", "Trainers/Options", "Trainers/Fitting", "Experiments/Space", "Experiments/Trials", "Experiments/Metrics",
            "Experiments/Tuning", "Experiments/Monitoring", "Experiments/Report", "Experiments/Plan", "Experiments/Checkpoints",
        ],
        ["Experiments"] =
        [
            "Transforms/MLNetBridge", "Transforms/Evaluation", "Transforms/Evaluation/Translation", "Transforms/Evaluation/Captioning", "Experiments/Space",
            "Experiments/Trials", "Experiments/Metrics", "Experiments/Tuning", "Experiments/Monitoring", "Experiments/Plan", "Experiments/Running",
        ],
        ["Experiments/Tasks"] =
        [
            "Transforms/MLNetBridge", "Transforms/Model", "Transforms/Evaluation", "Trainers/Options", "Trainers", "Experiments/Space", "Experiments/Trials",
            "Experiments/Metrics", "Experiments/Monitoring", "Experiments/Plan", "Experiments",
        ],
        ["Images/Pixels"] = ["Transforms/MLNetBridge", "Transforms/Columns"],
        ["Images/Features"] = ["Transforms/Networks"],
        ["Images/Caching"] = ["Transforms/Files", "Images/Features"],
        ["Images"] =
        [
            "Transforms/MLNetBridge", "Transforms/Kernels", "Transforms/Networks", "Transforms/Decoding", "Images/Pixels", "Images/Features", "Images/Caching",
        ],
    };
}
