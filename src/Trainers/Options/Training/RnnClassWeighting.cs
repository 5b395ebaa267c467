using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the rows of each class are weighted during training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnClassWeighting>))]
public enum RnnClassWeighting
{
    /// <summary>All rows have the same weight, so that frequent classes have more influence than rare ones. The default.</summary>
    None,

    /// <summary>
    /// All classes have the same total weight. A row has the weight n/(K·n_k), for n rows, K classes that occur in the data and n_k rows of its class.
    /// </summary>
    Balanced,

    /// <summary>Rows have the weights in the option <c>ClassWeights</c>.</summary>
    Given,
}
