"""Training pipeline of the bundled Glassbox models: corpus, tokenizer, training, export, evaluation and card."""
