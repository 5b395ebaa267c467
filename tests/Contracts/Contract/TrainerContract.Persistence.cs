using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C05_A_saved_and_loaded_model_predicts_the_same_bits()
    {
        byte[] bytes = Model.Ml.SaveToBytes(Model.Transformer, Model.Prepared.Schema);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(bytes), out DataViewSchema schema);
        Assert.Equal(Model.Prepared.Schema.Select(c => c.Name), schema.Select(c => c.Name));
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(loaded.Transform(Model.Prepared), Outputs));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(ShapeOf(loaded.GetOutputSchema(Model.Prepared.Schema))));
    }

    [Fact]
    public void C05_A_loaded_model_saves_the_same_bytes_again()
    {
        byte[] first = Model.Saved;
        byte[] second = new MLContext().SaveToBytes(new MLContext().LoadFromBytes(first));
        Assert.Equal(Parts(first), Parts(second));
    }

    [Fact]
    public void C05_Loads_in_a_fresh_process_with_nothing_but_an_MLContext()
    {
        using var folder = new TemporaryFolder();
        (string model, string chain, string data) = (folder.File("model.zip"), folder.File("chain.zip"), folder.File("data.idv"));
        Model.Ml.Model.Save(Model.Transformer, Model.Prepared.Schema, model);
        ITransformer longer = Model.Preparation.Append(Model.Transformer).Append(Model.Ml.Transforms.CopyColumns("Copy", Score).Fit(Model.Scored));
        Model.Ml.Model.Save(longer, Model.Raw.Schema, chain);

        SaveBinary(Model.Prepared, data);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Repository.PredictInFreshProcess(model, data, Outputs));
        SaveBinary(Model.Raw, data);
        string[] columns = [.. Outputs, "Copy"];
        Assert.Equal(Rows.Of(longer.Transform(Model.Raw), columns), Repository.PredictInFreshProcess(chain, data, columns));
    }

    [Fact]
    public void C05_Models_move_between_the_supported_versions_of_ML_NET_in_both_directions()
    {
        using var folder = new TemporaryFolder();
        (string model, string saved, string data) = (folder.File("model.zip"), folder.File("saved.zip"), folder.File("data.idv"));
        Model.Ml.Model.Save(Model.Transformer, Model.Prepared.Schema, model);
        SaveBinary(Model.Prepared, data);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Repository.PredictOnOldestMLNet(model, data, [.. Outputs, "--save", saved]));
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(new MLContext().Model.Load(saved, out _).Transform(Model.Prepared), Outputs));
    }

    [Fact]
    public void C05_Saves_and_loads_with_a_data_loader()
    {
        using var folder = new TemporaryFolder();
        string text = folder.File("data.tsv"), model = folder.File("model.zip");
        using (FileStream stream = File.Create(text)) Model.Ml.Data.SaveAsText(Model.Raw, stream);
        TextLoader loader = Model.Ml.Data.CreateTextLoader(TextLoaderOptions(Model.Raw.Schema));
        ITransformer chain = Model.Preparation.Append(Model.Transformer);
        Model.Ml.Model.Save(chain, loader, model);
        ITransformer loaded = new MLContext().Model.LoadWithDataLoader(model, out IDataLoader<IMultiStreamSource> loadedLoader);
        IDataView throughLoader = loaded.Transform(loadedLoader.Load(new MultiFileSource(text)));
        Assert.Equal(Rows.Of(chain.Transform(loader.Load(text)), Outputs), Rows.Of(throughLoader, Outputs));
    }

    [Fact]
    public void C06_Every_option_is_in_the_model_file()
    {
        ITransformer loaded = new MLContext().LoadFromBytes(Model.Saved);
        ITransformer again = loaded is IEnumerable<ITransformer> chain ? chain.Single(link => link.GetType() == Model.Transformer.GetType()) : loaded;
        Assert.Equal(SpecOf(Model.Transformer), SpecOf(again));
        Assert.Equal(Model.Transformer.ToString(), again.ToString());
    }

    private static string SpecOf(ITransformer model) => model switch
    {
        RnnTransformer network => JsonSerializer.Serialize(network.Model.Spec),
        RnnEnsembleTransformer ensemble => string.Join('\n', ensemble.Members.Select(SpecOf)),
        RnnLanguageModelTransformer languageModel => Encoding.UTF8.GetString(languageModel.Spec.ToJson()),
        RnnTranslationTransformer translation => Encoding.UTF8.GetString(translation.Spec.ToJson()),
        RnnCaptioningTransformer captioning => Encoding.UTF8.GetString(captioning.Network.Spec.ToJson()),
        _ => throw new InvalidOperationException($"Expected a model of this library, got {model.GetType()}."),
    };

    private void SaveBinary(IDataView data, string file)
    {
        using FileStream stream = File.Create(file);
        Model.Ml.Data.SaveAsBinary(data, stream);
    }

    private static IReadOnlyDictionary<string, string> Parts(byte[] zip) =>
        DamagedModel.Parts(zip).ToDictionary(part => part.Name, part => Convert.ToHexString(part.Content));

    private static TextLoader.Options TextLoaderOptions(DataViewSchema schema)
    {
        // SaveAsText writes the columns one after another, a vector into as many fields as it has slots.
        int at = 0;
        var columns = new List<TextLoader.Column>();
        foreach (DataViewSchema.Column column in schema)
        {
            int size = column.Type is VectorDataViewType vector ? vector.Size : 1;
            DataKind kind = ((column.Type as VectorDataViewType)?.ItemType ?? column.Type) switch
            {
                TextDataViewType => DataKind.String,
                BooleanDataViewType => DataKind.Boolean,
                _ => DataKind.Single,
            };
            columns.Add(size == 1 ? new TextLoader.Column(column.Name, kind, at) : new TextLoader.Column(column.Name, kind, at, at + size - 1));
            at += size;
        }
        return new TextLoader.Options { Columns = [.. columns], HasHeader = true, AllowQuoting = true, Separators = ['\t'] };
    }
}
